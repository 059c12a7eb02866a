package dev.tsferry.lab.failure;

import dev.tsferry.lab.database.SelfHostedTimescale;
import dev.tsferry.lab.pipeline.Crossing;
import dev.tsferry.lab.pipeline.ImagePrograms;
import dev.tsferry.plan.Hypertable;
import dev.tsferry.plan.Quiesce;
import dev.tsferry.plan.TableName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;

/** A small database of each kind on its source, and an empty target. */
final class Ferry {
  // So that there is something to undo on the source.
  private static final Quiesce READ_ONLY = new Quiesce(Quiesce.Mode.LOCK, true, false, false);
  private static final List<Hypertable> HYPERTABLES =
      List.of(new Hypertable(new TableName("small", "series"), "ts", "7 days"));

  private Ferry() {}

  /** From an instance of RDS, with a table that becomes a hypertable. */
  static Crossing rds(Path folder) throws Exception {
    var source = Crossing.startedRds();
    try (Connection master = source.connect()) {
      execute(master, "small");
    }
    Crossing crossing =
        Crossing.of(source, Crossing.startedTarget(), folder.resolve("run"), HYPERTABLES);
    return crossing.with(crossing.request().pipeline().with(READ_ONLY));
  }

  /** From a self-hosted TimescaleDB, with hypertables. */
  static Crossing timescaledb(Path folder) throws Exception {
    SelfHostedTimescale source = Crossing.startedTimescale();
    source.asSuperuser("create database small");
    try (Connection superuser = source.connect("small")) {
      execute(superuser, "small");
    }
    // A session that was there before the extension can't use it.
    try (Connection superuser = source.connect("small")) {
      execute(superuser, "small-timescaledb");
    }
    Crossing crossing =
        Crossing.of(
            source,
            Crossing.startedTarget(),
            folder.resolve("run"),
            ImagePrograms.of(source, Files.createDirectories(folder.resolve("image"))),
            "small",
            false,
            List.of());
    return crossing.with(crossing.request().pipeline().with(READ_ONLY));
  }

  private static void execute(Connection connection, String script) throws Exception {
    try (Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      statement.execute(Footprint.sql(script));
    }
  }
}
