package dev.tsferry.runner.preflight;

import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.runner.postgres.Session;
import dev.tsferry.runner.timescaledb.TimescaleExtension;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whether both sides have the very same version of TimescaleDB, in the schema public, and what to
 * do if not.
 */
final class TimescaleVersionChecks {
  private static final String DOING = "looking at TimescaleDB";

  /**
   * The oldest version that a service offers, by PostgreSQL's major version, as the guide has it.
   */
  private static final Map<Integer, String> LOWEST =
      Map.of(12, "1.7.5", 13, "2.1.0", 14, "2.5.0", 15, "2.9.0");

  private final Session target;
  private final Findings findings;

  TimescaleVersionChecks(Session target, Findings findings) {
    this.target = target;
    this.findings = findings;
  }

  void inPublic(TimescaleExtension extension, String side) {
    if (!extension.schema().equals("public")) {
      findings.error(
          "timescaledb-schema",
          side.equals("source") ? ErrorCode.SOURCE_UNSUITABLE : ErrorCode.TARGET_UNSUITABLE,
          "extension timescaledb",
          "the %s has the extension timescaledb in schema %s; a Timescale service has it in public only"
              .formatted(side, extension.schema()),
          "carry the data to a database whose timescaledb is in public first (the extension can't be moved)");
    }
  }

  void version(TimescaleExtension from, Optional<TimescaleExtension> to, boolean moveTarget) {
    String wanted = from.version();
    String has = to.map(TimescaleExtension::version).orElse("none");
    if (has.equals(wanted)) {
      return;
    }
    List<String> available = TimescaleExtension.available(target);
    boolean offered = available.contains(wanted);
    if (moveTarget && offered) {
      findings.warning(
          "timescaledb-move",
          "extension timescaledb",
          "the target's TimescaleDB (%s) is dropped and made anew in the source's version %s, as the plan says"
              .formatted(has, wanted),
          "");
      return;
    }
    findings.error(
        "timescaledb-version",
        ErrorCode.TARGET_UNSUITABLE,
        "extension timescaledb",
        "the source has TimescaleDB %s and the target %s; the versions must be equal to the patch%s"
            .formatted(wanted, has, offered ? "" : unavailable(wanted, available)),
        String.join("; ", remedies(from, to, offered)));
  }

  private String unavailable(String wanted, List<String> available) {
    String text =
        "; the target can't have %s (it offers %s)".formatted(wanted, Findings.some(available));
    int major =
        (int) target.number(DOING, "select current_setting('server_version_num')::int / 10000");
    return text + lowest(wanted, major);
  }

  static String lowest(String wanted, int major) {
    String lowest = LOWEST.get(major);
    return lowest != null && TimescaleExtension.compare(wanted, lowest) < 0
        ? "; on PostgreSQL %d services begin at %s".formatted(major, lowest)
        : "";
  }

  static List<String> remedies(
      TimescaleExtension from, Optional<TimescaleExtension> to, boolean offered) {
    List<String> remedies = new ArrayList<>();
    if (to.isPresent() && TimescaleExtension.compare(from.version(), to.get().version()) < 0) {
      remedies.add(
          "install TimescaleDB %1$s on the source's server, then update the source: psql -X SOURCE -c \"alter extension timescaledb update to '%1$s'\""
              .formatted(to.get().version()));
    } else if (to.isPresent() && offered) {
      remedies.add(
          "update the target: psql -X TARGET -c \"alter extension timescaledb update to '%s'\""
              .formatted(from.version()));
    }
    if (offered) {
      remedies.add(
          "or reinstall it on the empty target, each in a session of its own: drop extension timescaledb; create extension timescaledb schema public version '%s' (pipeline.moveTargetTimescaledb in the plan, or --move-target-timescaledb with --local, does it)"
              .formatted(from.version()));
    } else {
      remedies.add("or ask the target's support for TimescaleDB " + from.version());
    }
    return remedies;
  }
}
