package dev.tsferry.cli.doctor;

import static java.util.Objects.requireNonNull;

import dev.tsferry.plan.outcome.ErrorCode;
import java.util.List;

/**
 * What one check found.
 *
 * @param check such as {@code credentials}
 * @param verdict {@code ok}, {@code warning} or {@code error}
 * @param code of an error, else null
 */
public record Diagnosis(
    String check, Verdict verdict, String text, ErrorCode code, List<String> hints) {

  /** How it stands. */
  public enum Verdict {
    OK,
    WARNING,
    ERROR;

    /** In lower case, as in JSON. */
    @com.fasterxml.jackson.annotation.JsonValue
    public String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  public Diagnosis {
    requireNonNull(check, "check is null");
    requireNonNull(verdict, "verdict is null");
    requireNonNull(text, "text is null");
    hints = List.copyOf(hints);
  }

  static Diagnosis ok(String check, String text) {
    return new Diagnosis(check, Verdict.OK, text, null, List.of());
  }

  static Diagnosis warning(String check, String text, String... hints) {
    return new Diagnosis(check, Verdict.WARNING, text, null, List.of(hints));
  }

  static Diagnosis error(String check, ErrorCode code, String text, List<String> hints) {
    return new Diagnosis(check, Verdict.ERROR, text, code, hints);
  }
}
