package dev.tsferry.runner.preflight;

import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.runner.postgres.ClientPrograms;
import java.util.Map;
import java.util.Optional;

/** Whether the versions of source, client programs and target go together. */
final class VersionChecks {
  /** What the runner's own questions and the newest pg_dump both still understand. */
  private static final int OLDEST_SOURCE = 11;

  /**
   * Minors whose binary interface differs from that of their neighbours, by major; extensions built
   * for others may crash in them.
   *
   * @see <a href="https://www.postgresql.org/about/news/out-of-cycle-release-2965/">the releases
   *     that put it right</a>
   */
  private static final Map<Integer, Integer> BROKEN_MINORS =
      Map.of(17, 1, 16, 5, 15, 9, 14, 14, 13, 17, 12, 21);

  private final int source;
  private final int target;
  private final Findings findings;

  /**
   * @param source the source's version as a number, such as 150018
   * @param target the target's
   */
  VersionChecks(int source, int target, Findings findings) {
    this.source = source;
    this.target = target;
    this.findings = findings;
  }

  void servers() {
    int sourceMajor = source / 10_000;
    int targetMajor = target / 10_000;
    if (sourceMajor < OLDEST_SOURCE) {
      findings.error(
          "source-too-old",
          ErrorCode.SOURCE_UNSUITABLE,
          "source",
          "it is PostgreSQL %d; %d is the oldest that can be carried"
              .formatted(sourceMajor, OLDEST_SOURCE),
          "update the source to PostgreSQL %d or later first".formatted(OLDEST_SOURCE));
    }
    if (targetMajor < sourceMajor) {
      findings.error(
          "target-too-old",
          ErrorCode.TARGET_UNSUITABLE,
          "target",
          "the target is PostgreSQL %d, older than the source's %d, which is the oldest that takes its dump"
              .formatted(targetMajor, sourceMajor),
          "make a service of PostgreSQL %d or later".formatted(sourceMajor));
    }
    Integer broken = BROKEN_MINORS.get(targetMajor);
    if (broken != null && target % 10_000 == broken) {
      findings.warning(
          "target-minor",
          "target",
          "PostgreSQL %d.%d broke the binary interface of extensions"
              .formatted(targetMajor, broken),
          "update the service to its newest minor version");
    }
    findings.info(
        "versions",
        "source and target",
        "PostgreSQL %s to %s; client programs of version %d to %d will do"
            .formatted(text(source), text(target), sourceMajor, targetMajor));
  }

  void programs(Optional<ClientPrograms> found) {
    if (found.isEmpty()) {
      return;
    }
    ClientPrograms programs = found.get();
    findings.info(
        "client-programs",
        "pg_dump",
        "psql, pg_dump, pg_dumpall and pg_restore %s in %s"
            .formatted(programs.version(), programs.directory()),
        "");
    int sourceMajor = source / 10_000;
    int targetMajor = target / 10_000;
    String remedy = "set pipeline.clientMajor to %d in the plan".formatted(sourceMajor);
    if (programs.major() < sourceMajor) {
      findings.error(
          "client-too-old",
          ErrorCode.TOOL_UNSUITABLE,
          "pg_dump",
          "pg_dump %d is older than the source's PostgreSQL %d, which it refuses to dump"
              .formatted(programs.major(), sourceMajor),
          remedy);
    } else if (programs.major() > targetMajor && targetMajor >= sourceMajor) {
      findings.error(
          "client-too-new",
          ErrorCode.TOOL_UNSUITABLE,
          "pg_dump",
          "pg_dump %d is newer than the target's PostgreSQL %d, which may not take its dumps"
              .formatted(programs.major(), targetMajor),
          remedy);
    }
    programs
        .saferVersion()
        .ifPresent(
            safer ->
                findings.warning(
                    "client-holes",
                    "pg_dump",
                    "PostgreSQL's client programs are version %s, which has known holes; %s and later have not"
                        .formatted(programs.version(), safer),
                    "update the package postgresql-client-" + programs.major()));
  }

  private static String text(int version) {
    return "%d.%d".formatted(version / 10_000, version % 10_000);
  }
}
