package dev.tsferry.lab.timescaledb;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports.Binding;
import dev.tsferry.lab.database.DatabaseComparison;
import dev.tsferry.lab.pipeline.LocalRun;
import dev.tsferry.plan.DataMode;
import dev.tsferry.plan.DatabaseAddress;
import dev.tsferry.plan.Pipeline;
import dev.tsferry.plan.Tls;
import dev.tsferry.plan.TlsMode;
import dev.tsferry.plan.VerifyLevel;
import dev.tsferry.plan.outcome.ExitCode;
import dev.tsferry.runner.MigrationRun;
import dev.tsferry.runner.RunRequest;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.DockerImageName;

/**
 * What the Apache edition can't run: compressed chunks, continuous aggregates, jobs and policies.
 * Needs TimescaleDB's own image, and PostgreSQL's client programs of version 17 on this machine.
 */
@EnabledIf(
    value = "isAvailable",
    disabledReason =
        "TimescaleDB's full edition (image timescale/timescaledb:2.19.3-pg17) is not on this machine")
class FullEditionIT {
  private static final String IMAGE = "timescale/timescaledb:2.19.3-pg17";

  @TempDir Path folder;

  static boolean isAvailable() {
    return DockerClientFactory.instance().isDockerAvailable()
        && !DockerClientFactory.lazyClient()
            .listImagesCmd()
            .withReferenceFilter(IMAGE)
            .exec()
            .isEmpty();
  }

  @Test
  void run_compressionAggregatesAndJobs_arriveAndGoOn() throws Exception {
    try (GenericContainer<?> source = started();
        GenericContainer<?> target = started()) {
      try (Connection connection = open(source);
          Statement statement = connection.createStatement()) {
        for (String sql : SOURCE) {
          statement.execute(sql);
        }
      }
      try (Connection connection = open(target);
          Statement statement = connection.createStatement()) {
        statement.execute("create extension if not exists timescaledb");
      }
      RunRequest request =
          new RunRequest(
              "full",
              address(source),
              address(target),
              new Pipeline(DataMode.DUMP, List.of(), false, VerifyLevel.COUNTS, 17, false),
              folder.resolve("state"),
              folder.resolve("dump"),
              folder.resolve("runtime"));

      assertThat(
              new MigrationRun(request, LocalRun.passwords("lab", "lab"), LocalRun.silent()).run())
          .isEqualTo(ExitCode.DONE);

      try (Connection before = open(source);
          Connection after = open(target)) {
        assertThat(DatabaseComparison.differences(before, after)).isEmpty();
        assertThat(DatabaseComparison.differencesOfHypertables(before, after)).isEmpty();
        String scheduled =
            "select string_agg(job_id || ' ' || scheduled, ',' order by job_id)"
                + " from timescaledb_information.jobs where job_id >= 1000";
        assertThat(text(before, scheduled)).contains("true").contains("false");
        assertThat(text(after, scheduled)).isEqualTo(text(before, scheduled));
        // The source's own were put back as they were.
        assertThat(
                text(
                    before,
                    "select scheduled from timescaledb_information.jobs where job_id = 1000"))
            .isEqualTo("t");
        String hourly = "select count(*) || ' ' || sum(n) from hourly";
        assertThat(text(after, hourly)).isEqualTo(text(before, hourly));
      }
    }
  }

  private static final List<String> SOURCE =
      List.of(
          "create extension if not exists timescaledb",
          "create table m (ts timestamptz not null, device int, v float)",
          "select create_hypertable('m', 'ts', chunk_time_interval => interval '1 day')",
          "insert into m select timestamptz '2024-01-01' + i * interval '10 minutes', i % 5, i from generate_series(1, 2000) i",
          "alter table m set (timescaledb.compress, timescaledb.compress_segmentby = 'device')",
          "select compress_chunk(c) from show_chunks('m', older_than => timestamptz '2024-01-10') c",
          "create materialized view hourly with (timescaledb.continuous) as"
              + " select time_bucket('1 hour', ts) as hour, device, count(*) as n from m group by 1, 2 with no data",
          "call refresh_continuous_aggregate('hourly', null, null)",
          "select add_continuous_aggregate_policy('hourly', '1 month', '1 hour', '1 hour')",
          "select add_compression_policy('m', interval '10 years')",
          "select add_retention_policy('m', interval '20 years')",
          "create procedure work(int, jsonb) language sql as 'select 1'",
          "select alter_job(add_job('work', '1 day'), scheduled => false)");

  private static GenericContainer<?> started() {
    GenericContainer<?> container =
        new GenericContainer<>(DockerImageName.parse(IMAGE))
            .withEnv("POSTGRES_PASSWORD", "lab")
            .withLabel("tsferry.lab", "test")
            .withExposedPorts(5432)
            .withCreateContainerCmdModifier(
                command ->
                    command
                        .getHostConfig()
                        .withPortBindings(
                            new PortBinding(Binding.bindIp("127.0.0.1"), ExposedPort.tcp(5432))))
            .waitingFor(Wait.forLogMessage(".*ready to accept connections.*\\s", 2));
    container.start();
    return container;
  }

  private static DatabaseAddress address(GenericContainer<?> container) {
    return new DatabaseAddress(
        "localhost",
        container.getMappedPort(5432),
        "postgres",
        "postgres",
        new Tls(TlsMode.DISABLE, null));
  }

  private static Connection open(GenericContainer<?> container) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", "postgres");
    properties.setProperty("password", "lab");
    properties.setProperty("preferQueryMode", "simple");
    return DriverManager.getConnection(
        "jdbc:postgresql://localhost:%d/postgres".formatted(container.getMappedPort(5432)),
        properties);
  }

  private static String text(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }
}
