package dev.tsferry.plan;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a schema cannot see: fields that are each right and together wrong. Finding them all before
 * anything is created costs nothing.
 */
final class PlanContradictions {
  private PlanContradictions() {}

  static List<String> of(MigrationPlan plan) {
    List<String> problems = new ArrayList<>();
    tls("$.source.address", plan.source().address(), problems);
    tls("$.target", plan.target(), problems);
    pipeline(plan, problems);
    host(plan, problems);
    ClosedSubnet.check(plan, problems);
    DatabaseAddress source = plan.source().address();
    DatabaseAddress target = plan.target();
    if (source.host().equals(target.host())
        && source.port() == target.port()
        && source.database().equals(target.database())) {
      problems.add("$.target: is the source itself");
    }
    return problems;
  }

  private static void tls(String path, DatabaseAddress address, List<String> problems) {
    Tls tls = address.tls();
    boolean verifies = tls.mode() == TlsMode.VERIFY_CA || tls.mode() == TlsMode.VERIFY_FULL;
    if (verifies && tls.ca() == null) {
      problems.add(
          path
              + ".tls.ca: missing, mode %s needs one (rds, system or PEM text)"
                  .formatted(tls.mode().sslmode()));
    }
    if (!verifies && tls.ca() != null) {
      problems.add(
          path + ".tls.ca: given, but mode %s verifies nothing".formatted(tls.mode().sslmode()));
    }
  }

  private static void pipeline(MigrationPlan plan, List<String> problems) {
    Pipeline pipeline = plan.pipeline();
    if (pipeline.clientMajor() < plan.source().majorVersion()) {
      problems.add(
          "$.pipeline.clientMajor: %d is older than the source's %d, which pg_dump refuses"
              .formatted(pipeline.clientMajor(), plan.source().majorVersion()));
    }
    if (pipeline.quiesce().keepReadOnly() && !pipeline.quiesce().readOnly()) {
      problems.add("$.pipeline.quiesce.keepReadOnly: true, but readOnly is not");
    }
    Set<TableName> seen = new HashSet<>();
    for (int i = 0; i < pipeline.hypertables().size(); i++) {
      TableName table = pipeline.hypertables().get(i).table();
      if (!seen.add(table)) {
        problems.add("$.pipeline.hypertables[%d].table: %s stands twice".formatted(i, table));
      }
      dimensions(i, pipeline.hypertables().get(i), problems);
    }
    if (plan.source().kind() == SourceKind.TIMESCALEDB && !pipeline.hypertables().isEmpty()) {
      problems.add(
          "$.pipeline.hypertables: must be empty, the hypertables of a TimescaleDB source come as they are");
    }
    if (pipeline.dataMode() == DataMode.DUMP && plan.host().dataVolume() == null) {
      problems.add("$.host.dataVolume: missing, data mode dump writes files to it");
    }
    stream(plan, problems);
  }

  private static void stream(MigrationPlan plan, List<String> problems) {
    Pipeline pipeline = plan.pipeline();
    if (pipeline.dataMode() == DataMode.DUMP && pipeline.verify() == VerifyLevel.FULL) {
      problems.add("$.pipeline.verify: full needs data mode stream, which digests rows");
    }
    if (pipeline.dataMode() == DataMode.STREAM && pipeline.transfer().parallel()) {
      problems.add("$.pipeline.transfer.jobs: is of data mode dump, stream has stream.jobs");
    }
    if (pipeline.dataMode() == DataMode.DUMP && pipeline.stream() != null) {
      problems.add("$.pipeline.stream: given, but data mode dump has no use for it");
    }
  }

  private static void dimensions(int at, Hypertable hypertable, List<String> problems) {
    Set<String> columns = new HashSet<>(Set.of(hypertable.timeColumn()));
    for (int i = 0; i < hypertable.dimensions().size(); i++) {
      String column = hypertable.dimensions().get(i).column();
      if (!columns.add(column)) {
        problems.add(
            "$.pipeline.hypertables[%d].dimensions[%d].column: %s stands twice"
                .formatted(at, i, column));
      }
    }
  }

  private static void host(MigrationPlan plan, List<String> problems) {
    Host host = plan.host();
    String region = plan.region();
    if (!host.availabilityZone().startsWith(region)) {
      problems.add(
          "$.host.availabilityZone: %s is not in region %s"
              .formatted(host.availabilityZone(), region));
    }
    volume("$.host.rootVolume", host.rootVolume(), problems);
    host.dumpVolume().ifPresent(volume -> volume("$.host.dataVolume", volume, problems));
  }

  // gp3 allows 0.25 MiB/s for each provisioned operation per second.
  private static void volume(String path, Volume volume, List<String> problems) {
    if (volume.throughputMibps() > volume.iops() / 4) {
      problems.add(
          "%s.throughputMibps: %d needs at least %d iops, has %d"
              .formatted(
                  path, volume.throughputMibps(), volume.throughputMibps() * 4, volume.iops()));
    }
  }
}
