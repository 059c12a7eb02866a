package dev.tsferry.lab.timescaledb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tsferry.lab.database.SelfHostedTimescale;
import dev.tsferry.lab.database.TimescaleLikeTarget;
import dev.tsferry.lab.pipeline.Crossing;
import dev.tsferry.lab.pipeline.ImagePrograms;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * The metrics of a self-hosted TimescaleDB, a target of its own for each test, and the way there.
 */
abstract class MetricsCrossing {
  @TempDir static Path shared;
  static Path programs;
  static SelfHostedTimescale source;

  @TempDir Path folder;
  TimescaleLikeTarget target;
  Crossing crossing;

  @BeforeAll
  static void startSource() throws Exception {
    source = Crossing.startedTimescale();
    try (Connection superuser = source.connect()) {
      SelfHostedTimescale.createMetrics(superuser);
    }
    programs = ImagePrograms.of(source, shared);
  }

  @AfterAll
  static void stopSource() {
    source.stop();
  }

  @BeforeEach
  void startTarget() {
    target = Crossing.startedTarget();
    crossing = Crossing.of(source, target, folder, programs);
  }

  @AfterEach
  void stopTarget() {
    target.stop();
  }

  // New rows go into old and new chunks, of every hypertable; keys and triggers hold.
  final void assertWorks() throws SQLException {
    try (Connection owner = target.connect();
        Statement statement = owner.createStatement()) {
      statement.execute(
          "insert into telemetry.cpu values ('2030-01-01', 1, 5, 'new'), ('2024-03-05 00:00:01', 1, 5, 'old')");
      statement.execute("insert into telemetry.ticks values (1000000, 1, '{}')");
      statement.execute("insert into telemetry.log values ('2031-01-01', 'm', 's')");
      statement.execute("insert into public.empty_series values (now(), 1)");
      statement.execute("insert into shop.alerts (ts, host_id) values ('2030-01-01', 1)");
    }
    assertThat(target.asSuperuser("select count(*) from show_chunks('telemetry.cpu')"))
        .isEqualTo("16");
    assertThat(target.asSuperuser("select count(*) from show_chunks('public.empty_series')"))
        .isEqualTo("1");
    assertThat(target.asSuperuser("select count(*) from telemetry.cpu")).isEqualTo("6002");
    assertThat(
            target.asSuperuser(
                "select max(id) from shop.alerts where ts = '2030-01-01'"
                    + " and id > (select max(id) from shop.alerts where ts < '2030-01-01')"))
        .isNotEmpty();
  }
}
