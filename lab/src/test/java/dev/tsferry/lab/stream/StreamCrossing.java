package dev.tsferry.lab.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tsferry.lab.database.HostileDatabase;
import dev.tsferry.lab.database.OrdersDatabase;
import dev.tsferry.lab.database.RdsLikeSource;
import dev.tsferry.lab.database.TimescaleLikeTarget;
import dev.tsferry.lab.pipeline.Crossing;
import dev.tsferry.plan.DataMode;
import dev.tsferry.plan.Hypertable;
import dev.tsferry.plan.Stream;
import dev.tsferry.plan.VerifyLevel;
import dev.tsferry.plan.event.RunEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** A streamed migration of a test. */
final class StreamCrossing {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private StreamCrossing() {}

  /** Fills the source: what the lab carries, hostile names, and a table of several slices. */
  static void fill(RdsLikeSource source) throws SQLException {
    try (Connection master = source.connect();
        Statement statement = master.createStatement()) {
      OrdersDatabase.create(master, OrdersDatabase.TEST_SCALE);
      HostileDatabase.create(master);
      statement.execute(
          "create table public.sliced (id bigint primary key, text text, at timestamptz, n numeric);"
              + " insert into public.sliced select g, repeat(md5(g::text), 4),"
              + " timestamptz '2026-01-01' + g * interval '1 s', g / 7.0"
              + " from generate_series(1, 40000) g;"
              + " create unlogged table public.\"not logged\" as"
              + " select g, md5(g::text) from generate_series(1, 1000) g;"
              + " analyze public.sliced");
    }
  }

  /** A crossing with slices of a megabyte. */
  static Crossing of(
      RdsLikeSource source, TimescaleLikeTarget target, Path folder, int megabytesPerSecond) {
    List<Hypertable> hypertables = new ArrayList<>(OrdersDatabase.HYPERTABLES);
    hypertables.add(HostileDatabase.HYPERTABLE);
    Crossing crossing = Crossing.of(source, target, folder, hypertables);
    return crossing.with(
        crossing
            .request()
            .pipeline()
            .with(DataMode.STREAM, VerifyLevel.FULL, new Stream(3, 1, megabytesPerSecond)));
  }

  /** Whether a step began in the last attempt. */
  static boolean began(Crossing crossing, String step) throws IOException {
    List<RunEvent> events = crossing.events();
    for (int i = events.size() - 1; i >= 0; i--) {
      if (events.get(i) instanceof RunEvent.RunStarted) {
        return false;
      }
      if (events.get(i) instanceof RunEvent.StepStarted started && started.step().equals(step)) {
        return true;
      }
    }
    return false;
  }

  static void await(Callable<Boolean> condition) throws Exception {
    Instant deadline = Instant.now().plus(PATIENCE);
    while (!condition.call()) {
      assertThat(Instant.now()).as("still waiting").isBefore(deadline);
      Thread.sleep(5);
    }
  }
}
