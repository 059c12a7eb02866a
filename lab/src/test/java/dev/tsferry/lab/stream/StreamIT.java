package dev.tsferry.lab.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tsferry.lab.database.DatabaseImages;
import dev.tsferry.lab.database.HostileDatabase;
import dev.tsferry.lab.database.OrdersDatabase;
import dev.tsferry.lab.database.RdsLikeSource;
import dev.tsferry.lab.database.RequiresContainerEngine;
import dev.tsferry.lab.database.TimescaleLikeTarget;
import dev.tsferry.lab.pipeline.Crossing;
import dev.tsferry.plan.DataMode;
import dev.tsferry.plan.Hypertable;
import dev.tsferry.plan.Stream;
import dev.tsferry.plan.VerifyLevel;
import dev.tsferry.plan.outcome.ExitCode;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@RequiresContainerEngine
class StreamIT {
  private static RdsLikeSource source;

  @TempDir Path folder;
  private TimescaleLikeTarget target;

  @BeforeAll
  static void startSource() throws SQLException {
    source = new RdsLikeSource(DatabaseImages.source(), "localhost").publishedOnLoopback();
    source.start();
    try (Connection master = source.connect()) {
      OrdersDatabase.create(master, OrdersDatabase.TEST_SCALE);
      HostileDatabase.create(master);
    }
  }

  @AfterAll
  static void stopSource() {
    source.stop();
  }

  @BeforeEach
  void startTarget() {
    target = new TimescaleLikeTarget(DatabaseImages.target(), "localhost").publishedOnLoopback();
    target.start();
  }

  @AfterEach
  void stopTarget() {
    target.stop();
  }

  private Crossing crossing() {
    List<Hypertable> hypertables = new ArrayList<>(OrdersDatabase.HYPERTABLES);
    hypertables.add(HostileDatabase.HYPERTABLE);
    Crossing crossing = Crossing.of(source, target, folder, hypertables);
    return crossing.with(
        crossing.request().pipeline().with(DataMode.STREAM, VerifyLevel.FULL, new Stream(3, 1, 0)));
  }

  @Test
  void run_wholeDatabase_arrivesCompletely() throws Exception {
    Crossing crossing = crossing();

    assertThat(crossing.carry()).as(crossing::log).isEqualTo(ExitCode.DONE);

    assertThat(crossing.differences()).isEmpty();
    assertThat(target.asSuperuser("select to_regnamespace('tsferry') is null")).isEqualTo("t");
  }
}
