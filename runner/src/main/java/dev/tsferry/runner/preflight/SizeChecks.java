package dev.tsferry.runner.preflight;

import dev.tsferry.plan.DataMode;
import dev.tsferry.plan.Pipeline;
import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.plan.report.Support;
import dev.tsferry.runner.postgres.Session;
import java.util.List;
import java.util.OptionalLong;

/** Whether there is room for the database, and what its size means for the window. */
final class SizeChecks {
  private static final String DOING = "looking at the source's size";
  private static final long GB = 1_000_000_000L;
  private static final long WARN_BYTES = 100 * GB;
  private static final long ACKNOWLEDGE_BYTES = 400 * GB;

  private final Session source;
  private final Findings findings;

  SizeChecks(Session source, Findings findings) {
    this.source = source;
    this.findings = findings;
  }

  void database(boolean acknowledged) {
    judge(
        source.number(DOING, "select pg_catalog.pg_database_size(current_database())"),
        acknowledged,
        findings);
  }

  static void judge(long bytes, boolean acknowledged, Findings findings) {
    String size = ByteSizes.text(bytes);
    if (bytes > ACKNOWLEDGE_BYTES && !acknowledged) {
      findings.error(
          "size-not-acknowledged",
          ErrorCode.SOURCE_UNSUITABLE,
          "source",
          "it has %s; more than 400 GB need disk that the target's support arranges first"
              .formatted(size),
          "ask for it (%s, %s), then say so: pipeline.acknowledgeSize in the plan, or --acknowledge-size"
              .formatted(Support.CONSOLE, Support.EMAIL));
    } else if (bytes > WARN_BYTES) {
      findings.warning(
          "size",
          "source",
          "it has %s; above 100 GB a migration with downtime takes many hours".formatted(size),
          "rehearse it with \"tsferry run --rehearsal\" to know how long it takes; for less downtime see docs/out-of-scope.md");
    }
    findings.info("size", "source", "%s; expect a downtime of %s".formatted(size, downtime(bytes)));
    findings.info(
        "target-room",
        "target",
        "how much room its disk has can't be asked for over SQL; the source has " + size,
        "compare it with the service's disk in its console, which can be enlarged once in six hours");
  }

  /**
   * Whether what is written to files fits: all rows, or large objects alone in data mode stream.
   *
   * @param room bytes that the dump directory has, or empty where nobody knows
   */
  void dump(OptionalLong room, Pipeline pipeline) {
    if (pipeline.dataMode() == DataMode.STREAM) {
      judgeRoom("the large objects' file takes", largeObjectBytes(), room, findings);
    } else {
      // Several tables at a time go to a file each, and those to one.
      int times = pipeline.transfer().parallel() ? 2 : 1;
      long bytes = times * new SourceChecks(source, findings).tableBytes();
      judgeRoom("the dump takes", bytes, room, findings);
    }
  }

  // In a dump each byte is two hexadecimal digits.
  private long largeObjectBytes() {
    return 2
        * source.number(
            DOING, "select pg_catalog.pg_table_size('pg_catalog.pg_largeobject'::regclass)");
  }

  static void judgeRoom(String what, long needed, OptionalLong room, Findings findings) {
    if (room.isPresent() && room.getAsLong() < needed) {
      findings.error(
          "dump-room",
          ErrorCode.DISK_FULL,
          "dump directory",
          "%s about %s, the dump directory has room for %s"
              .formatted(what, ByteSizes.text(needed), ByteSizes.text(room.getAsLong())),
          "give the host a bigger data volume: host.dataVolume in the plan");
    }
  }

  void largest() {
    List<String> tables =
        source.list(
            DOING,
            """
            select format('%%I.%%I (%%s)', n.nspname, c.relname,
                          pg_catalog.pg_size_pretty(c.relpages::bigint * current_setting('block_size')::bigint))
              from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
             where c.relkind = 'r' and c.relpages > 0 and %s
             order by c.relpages desc, 1 limit 5
            """
                .formatted(UserObjects.SCHEMA),
            row -> row.getString(1));
    if (!tables.isEmpty()) {
      findings.info("largest-tables", "source", String.join(", ", tables));
    }
  }

  // The target's own guide gives these.
  private static String downtime(long bytes) {
    if (bytes < 10 * GB) {
      return "up to an hour";
    }
    return bytes < 50 * GB ? "1 to 4 hours" : bytes < 100 * GB ? "4 to 12 hours" : "many hours";
  }
}
