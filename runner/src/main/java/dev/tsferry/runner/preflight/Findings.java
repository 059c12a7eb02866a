package dev.tsferry.runner.preflight;

import dev.tsferry.plan.check.Finding;
import dev.tsferry.plan.check.Severity;
import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.plan.outcome.MigrationException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Collects what is found, so that all of it is told together instead of one thing a run. */
public final class Findings {
  private static final int SHOWN = 10;
  private static final int MAX_HINTS = 3;

  private final List<Finding> all = new ArrayList<>();
  private MigrationException firstFailure;

  /** Adds all that others have found. */
  public void addAll(Findings others) {
    if (errors().isEmpty()) {
      firstFailure = others.firstFailure;
    }
    all.addAll(others.all);
  }

  /**
   * Something without whose remedy the migration can't succeed.
   *
   * @param code a stable name for this kind of finding
   */
  public void error(String code, ErrorCode error, String subject, String cause, String remedy) {
    all.add(new Finding(Severity.ERROR, code, error, subject, cause, remedy));
  }

  /** The same, met as a failure. */
  public void error(String subject, MigrationException failure) {
    if (errors().isEmpty()) {
      firstFailure = failure;
    }
    String code = failure.code().name().toLowerCase(Locale.ROOT).replace('_', '-');
    String remedy = String.join("; ", failure.hints());
    error(code, failure.code(), subject, failure.getMessage(), remedy);
  }

  /** Something that a person should know before going on. */
  public void warning(String code, String subject, String cause, String remedy) {
    all.add(new Finding(Severity.WARNING, code, null, subject, cause, remedy));
  }

  /** Something worth knowing. */
  public void info(String code, String subject, String cause) {
    info(code, subject, cause, "");
  }

  /** Something worth knowing, with what could be done about it. */
  public void info(String code, String subject, String cause, String remedy) {
    all.add(new Finding(Severity.INFO, code, null, subject, cause, remedy));
  }

  /** Everything found, in the order in which it was. */
  public List<Finding> all() {
    return List.copyOf(all);
  }

  /** What is found of {@code severity}. */
  public List<Finding> of(Severity severity) {
    return all.stream().filter(finding -> finding.severity() == severity).toList();
  }

  /**
   * Ends preflight if there are errors.
   *
   * @throws MigrationException with the first error's code and every error's text
   */
  public void throwIfAny() {
    List<Finding> errors = errors();
    if (errors.isEmpty()) {
      return;
    }
    Set<String> hints = new LinkedHashSet<>();
    List<String> texts = new ArrayList<>();
    for (Finding error : errors) {
      if (!error.remedy().isEmpty()) {
        hints.add(error.remedy());
      }
      texts.add(error.text());
    }
    String message =
        errors.size() == 1
            ? texts.get(0)
            : "preflight found %d problems:\n  %s"
                .formatted(errors.size(), String.join("\n  ", texts));
    throw new MigrationException(
        errors.get(0).error(), message, hints.stream().limit(MAX_HINTS).toList(), firstFailure);
  }

  /** The first names of a list and how many more there are. */
  public static String some(List<String> names) {
    String shown = String.join(", ", names.subList(0, Math.min(SHOWN, names.size())));
    return names.size() <= SHOWN ? shown : shown + " and %d more".formatted(names.size() - SHOWN);
  }

  private List<Finding> errors() {
    return of(Severity.ERROR);
  }
}
