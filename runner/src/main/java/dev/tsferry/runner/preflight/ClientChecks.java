package dev.tsferry.runner.preflight;

import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.runner.postgres.ClientPrograms;

/** Whether the versions of source, client programs and target go together. */
public final class ClientChecks {
  private ClientChecks() {}

  /**
   * Checks that the programs are not older than the source and not newer than the target.
   *
   * @param source the source's version as a number, such as 150018
   * @param target the target's
   */
  public static void check(int source, int target, ClientPrograms programs, Findings findings) {
    int sourceMajor = source / 10_000;
    int targetMajor = target / 10_000;
    if (targetMajor < sourceMajor) {
      findings.error(
          ErrorCode.TARGET_UNSUITABLE,
          "the target is PostgreSQL %d, older than the source's %d"
              .formatted(targetMajor, sourceMajor),
          "make a service of PostgreSQL %d or later".formatted(sourceMajor));
    }
    if (programs.major() < sourceMajor) {
      findings.error(
          ErrorCode.TOOL_UNSUITABLE,
          "pg_dump %d is older than the source's PostgreSQL %d, which it refuses to dump"
              .formatted(programs.major(), sourceMajor),
          "set pipeline.clientMajor to %d in the plan".formatted(sourceMajor));
    } else if (programs.major() > targetMajor && targetMajor >= sourceMajor) {
      findings.error(
          ErrorCode.TOOL_UNSUITABLE,
          "pg_dump %d is newer than the target's PostgreSQL %d, which may not take its dumps"
              .formatted(programs.major(), targetMajor),
          "set pipeline.clientMajor to %d in the plan".formatted(sourceMajor));
    }
    programs
        .saferVersion()
        .ifPresent(
            safer ->
                findings.warning(
                    "PostgreSQL's client programs are version %s, which has known holes; %s and later have not"
                        .formatted(programs.version(), safer)));
  }
}
