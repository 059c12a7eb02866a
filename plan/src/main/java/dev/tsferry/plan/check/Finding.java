package dev.tsferry.plan.check;

import static java.util.Objects.requireNonNull;

import dev.tsferry.plan.outcome.ErrorCode;

/**
 * One thing that a check found, complete enough to act on without reading the code.
 *
 * <pre>
 * {"severity":"error","code":"missing-select","error":"SOURCE_UNSUITABLE","subject":"shop.orders",
 *  "cause":"the source's user may not read it","remedy":"GRANT SELECT ON shop.orders TO carrier;"}
 * </pre>
 *
 * @param code a stable name for this kind of finding, in lower case with hyphens
 * @param error decides the exit code of a check with this error; null unless an error
 * @param subject what was looked at: objects by their quoted names, or {@code source} or {@code
 *     target}
 * @param cause what is so, and why it matters
 * @param remedy what to do, often SQL to copy; empty where nothing needs to be done
 */
public record Finding(
    Severity severity, String code, ErrorCode error, String subject, String cause, String remedy) {

  public Finding {
    requireNonNull(severity, "severity is null");
    requireNonNull(code, "code is null");
    requireNonNull(subject, "subject is null");
    requireNonNull(cause, "cause is null");
    requireNonNull(remedy, "remedy is null");
  }

  /** Subject and cause in one sentence, as errors and notices have it. */
  public String text() {
    return cause.contains(subject) ? cause : subject + ": " + cause;
  }
}
