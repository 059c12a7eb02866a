package dev.tsferry.runner.password;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.tsferry.plan.Json;
import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.plan.outcome.MigrationException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * What a server stores of passwords, made where the passwords are known: the one form in which they
 * leave that machine.
 *
 * <pre>
 * {"roles":[{"role":"alice","verifier":"SCRAM-SHA-256$4096:…$…:…"}]}
 * </pre>
 *
 * @see <a href="https://www.postgresql.org/docs/current/catalog-pg-authid.html">pg_authid</a>
 */
public record RoleVerifiers(List<Entry> roles) {

  /** The label under which they lie in the target's secret while a host is to read them. */
  public static final String SECRET_STAGE = "tsferry-role-passwords";

  public RoleVerifiers {
    roles = List.copyOf(roles);
  }

  /** A role and the verifier of its password. */
  public record Entry(String role, String verifier) {
    /** Without the verifier, so that it can't get into a text by mistake. */
    @Override
    public String toString() {
      return role;
    }
  }

  /** The text that {@link #parse} takes. */
  public String json() {
    try {
      return Json.lenient().writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads what {@link #json} wrote.
   *
   * @throws MigrationException {@code STATE_MISMATCH} if it is something else, without a word of it
   */
  @SuppressWarnings("UnusedException") // Its message may hold a piece of the text.
  public static RoleVerifiers parse(String text) {
    try {
      return Json.lenient().readValue(text, RoleVerifiers.class);
    } catch (JsonProcessingException e) {
      throw new MigrationException(
          ErrorCode.STATE_MISMATCH,
          "reading the new passwords' verifiers: they are not what \"tsferry passwords\" writes",
          "repeat the command; command and runner must be of the same version");
    }
  }
}
