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
        if (text(connection, "select count(*) from pg_am where amname = 'hypercore'").equals("1")) {
          for (String sql : HYPERCORE) {
            statement.execute(sql);
          }
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
              new Pipeline(DataMode.DUMP, List.of(), true, VerifyLevel.COUNTS, 17, false),
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
        for (String question : QUESTIONS) {
          assertThat(text(after, question)).as(question).isEqualTo(text(before, question));
        }
        goesOn(after);
      }
    }
  }

  // What is compressed can be written to and decompressed, aggregates refresh, jobs run.
  private static void goesOn(Connection target) throws SQLException {
    try (Statement statement = target.createStatement()) {
      statement.execute(
          "insert into m values ('2024-01-03 00:00:01', 2, 7, 'new'), (now(), 2, 7, 'now')");
      statement.execute(
          "select decompress_chunk(c) from show_chunks('m', older_than => timestamptz '2024-01-03') c");
      statement.execute("call refresh_continuous_aggregate('hourly', null, null)");
      statement.execute("call refresh_continuous_aggregate('daily', null, null)");
      statement.execute("call run_job(1000)");
    }
    assertThat(text(target, "select sum(n) from hourly"))
        .isEqualTo(text(target, "select count(*) from m"));
  }

  private static final List<String> QUESTIONS =
      List.of(
          "select count(*) || ' ' || sum(v) || ' ' || md5(string_agg(note, '' order by ts, device, v)) from m",
          "select count(*) || ' ' || sum(n) || ' ' || sum(s) from hourly",
          "select count(*) || ' ' || sum(n) from daily",
          "select string_agg(chunk_name || is_compressed, ',' order by chunk_name) from timescaledb_information.chunks",
          "select string_agg((to_jsonb(s))::text, ',' order by to_jsonb(s)::text) from timescaledb_information.compression_settings s",
          "select string_agg((to_jsonb(a) - 'view_owner')::text, ',' order by view_name) from timescaledb_information.continuous_aggregates a",
          "select string_agg((to_jsonb(j) - 'owner' - 'next_start')::text, ',' order by job_id) from timescaledb_information.jobs j where job_id >= 1000",
          "select count(*) || ' ' || sum(numrows_pre_compression) from _timescaledb_catalog.compression_chunk_size");

  private static final List<String> SOURCE =
      List.of(
          "create extension if not exists timescaledb",
          "create role app login",
          "create table m (ts timestamptz not null, device int, v float8, note text)",
          "select create_hypertable('m', 'ts', chunk_time_interval => interval '1 day')",
          "insert into m select timestamptz '2024-01-01' + i * interval '10 minutes', i % 5, i, repeat('x', i % 40) from generate_series(1, 2000) i",
          "alter table m set (timescaledb.compress, timescaledb.compress_segmentby = 'device', timescaledb.compress_orderby = 'ts desc')",
          "select compress_chunk(c) from show_chunks('m', older_than => timestamptz '2024-01-10') c",
          // A compressed chunk that is written to holds rows of both forms.
          "insert into m values ('2024-01-02 00:00:01', 1, 1, 'late')",
          "create materialized view hourly with (timescaledb.continuous, timescaledb.materialized_only = false) as"
              + " select time_bucket('1 hour', ts) as hour, device, count(*) as n, sum(v) as s from m group by 1, 2 with no data",
          "call refresh_continuous_aggregate('hourly', null, '2024-01-12')",
          "create materialized view daily with (timescaledb.continuous, timescaledb.materialized_only = true) as"
              + " select time_bucket('1 day', hour) as day, sum(n) as n from hourly group by 1 with no data",
          "call refresh_continuous_aggregate('daily', null, '2024-01-11')",
          "alter materialized view hourly set (timescaledb.compress)",
          "select compress_chunk(c) from show_chunks('hourly') c",
          "select add_continuous_aggregate_policy('hourly', '1 month', '1 hour', '1 hour')",
          "select add_compression_policy('m', interval '10 years')",
          "select add_retention_policy('m', interval '20 years')",
          "create procedure work(job_id int, config jsonb) language sql as 'select 1'",
          "select alter_job(add_job('work', '1 day', config => '{\"text\": \"it''s\"}'), scheduled => false)",
          "grant create on schema public to app",
          "set role app",
          "create procedure work_of_app(job_id int, config jsonb) language sql as 'select 1'",
          "select add_job('work_of_app', '1 week', initial_start => '2030-01-01', timezone => 'Europe/Berlin')",
          "reset role");

  // From 2.18 to 2.21 a table may be kept in the columnstore by its access method.
  private static final List<String> HYPERCORE =
      List.of(
          "create table h (ts timestamptz not null, v float8)",
          "select create_hypertable('h', 'ts', chunk_time_interval => interval '1 day')",
          "insert into h select timestamptz '2024-01-01' + i * interval '10 minutes', i from generate_series(1, 300) i",
          "alter table h set access method hypercore set (timescaledb.compress_orderby = 'ts')",
          "select compress_chunk(c, hypercore_use_access_method => true) from show_chunks('h', older_than => timestamptz '2024-01-02') c");

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
