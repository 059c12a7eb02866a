package dev.tsferry.lab.timescaledb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tsferry.lab.database.RequiresContainerEngine;
import dev.tsferry.lab.database.SelfHostedTimescale;
import dev.tsferry.lab.database.TimescaleLikeTarget;
import dev.tsferry.lab.pipeline.Crossing;
import dev.tsferry.lab.pipeline.ImagePrograms;
import dev.tsferry.plan.Hypertable;
import dev.tsferry.plan.Hypertable.Columnstore;
import dev.tsferry.plan.Hypertable.Dimension;
import dev.tsferry.plan.TableName;
import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.plan.outcome.ExitCode;
import dev.tsferry.plan.report.MigrationReport.TableCount;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables of plain PostgreSQL become hypertables in every way that a plan can say. */
@RequiresContainerEngine
class HypertableOptionsIT {
  private static final String SCHEMA = "Ser; \"ies\"";
  private static final String PARTED = "parted; 'x'";

  @TempDir static Path shared;
  private static Path programs;
  private static SelfHostedTimescale source;

  @TempDir Path folder;
  private TimescaleLikeTarget target;

  @BeforeAll
  static void startSource() throws Exception {
    source = Crossing.startedTimescale();
    programs = ImagePrograms.of(source, shared);
    source.asSuperuser("create database plain");
    try (Connection superuser = source.connect("plain");
        Statement statement = superuser.createStatement()) {
      try (InputStream script = HypertableOptionsIT.class.getResourceAsStream("options.sql")) {
        statement.execute(new String(script.readAllBytes(), StandardCharsets.UTF_8));
      }
    }
  }

  @AfterAll
  static void stopSource() {
    source.stop();
  }

  @BeforeEach
  void startTarget() {
    target = Crossing.startedTarget();
  }

  @AfterEach
  void stopTarget() {
    target.stop();
  }

  @Test
  void run_dimensionsAndPartitionsAndHeirs_becomeHypertablesWithAllRows() throws Exception {
    Crossing crossing =
        crossing(
            List.of(
                new Hypertable(
                    name("readings"),
                    "ts",
                    "7 days",
                    List.of(new Dimension("device", 3, null), new Dimension("batch", null, "5000")),
                    null,
                    false,
                    null,
                    null),
                new Hypertable(
                    name("ticks"), "tick", "1000", List.of(), name("now; tick"), false, null, null),
                converted(PARTED, "at", "14 days"),
                converted("log", "at", "1 month")));

    assertThat(crossing.carry()).isEqualTo(ExitCode.DONE);

    for (String table : List.of("readings", "ticks", PARTED, "log")) {
      try (Connection before = source.connect("plain");
          Connection after = target.connect()) {
        assertThat(digest(after, table)).as(table).isEqualTo(digest(before, table));
      }
    }
    assertThat(
            target.asSuperuser(
                "select hypertable_name, column_name, num_partitions, integer_interval, time_interval, integer_now_func"
                    + " from timescaledb_information.dimensions order by 1, dimension_number"))
        .isEqualTo(
            """
            log|at|||30 days|
            parted; 'x'|at|||14 days|
            readings|ts|||7 days|
            readings|device|3|||
            readings|batch||5000||
            ticks|tick||1000||now; tick""");
    assertThat(
            target.asSuperuser(
                "select string_agg(relname, ',' order by relname) from pg_class where relname ~ '^(parted_|only_|log_2)' and relkind in ('r', 'p', 'i')"))
        .isEqualTo("parted_note,parted_unique");
    assertThat(crossing.report().tables())
        .extracting(TableCount::table, TableCount::sourceRows, TableCount::targetRows)
        .contains(
            org.assertj.core.groups.Tuple.tuple(PARTED, 1000L, 1000L),
            org.assertj.core.groups.Tuple.tuple("log", 180L, 180L));
    assertThat(crossing.report().changes())
        .anyMatch(
            change ->
                change.statement().contains("only_one")
                    && change.reason().equals("its rows go into the hypertable " + name(PARTED)));
    try (Connection owner = target.connect();
        Statement statement = owner.createStatement()) {
      statement.execute(
          "insert into \"Ser; \"\"ies\"\"\".\"parted; 'x'\" (at, device, note) values ('2031-01-01', 3, 'new')");
    }
  }

  @Test
  void run_whatCantBecomeOne_refusedAllAtOnce() throws Exception {
    Crossing crossing =
        crossing(
            List.of(
                new Hypertable(
                    name("readings"),
                    "ts",
                    null,
                    List.of(new Dimension("v", 3, null), new Dimension("none", 2, null)),
                    name("touch"),
                    false,
                    new Columnstore("7 days", List.of("device"), null),
                    "1 year"),
                new Hypertable(
                    name("ticks"), "tick", "1000", List.of(), name("touch"), false, null, null),
                new Hypertable(name(PARTED), "at", null),
                new Hypertable(
                    name("wrong"),
                    "at",
                    null,
                    List.of(new Dimension("data", 2, null)),
                    null,
                    true,
                    null,
                    null),
                converted("heirs", "at", null),
                converted("twins", "at", null)));

    assertThat(crossing.carry()).isNotEqualTo(ExitCode.DONE);

    assertThat(crossing.failure().code())
        .isIn(ErrorCode.SOURCE_UNSUITABLE, ErrorCode.TARGET_UNSUITABLE);
    assertThat(crossing.failure().message())
        .contains(
            "unique on a hypertable must hold the dimension v, which is not in readings_pkey",
            "it has no column none",
            "integerNow is for integer columns, and ts is none",
            "has no stable function Ser; \"ies\".touch without arguments that returns int8",
            "the plan gives table Ser; \"ies\".readings a columnstore or a retention policy, which the target's Apache edition of TimescaleDB doesn't have",
            "table Ser; \"ies\".parted; 'x' can't become a hypertable: it is not an ordinary table",
            "these belong to a part of it or depend on one: rule _RETURN on view \"Ser; \"\"ies\"\"\".uses_part",
            "column data is of a type that can't be hashed",
            "parts of it have columns or generated values that it doesn't have",
            "its rows and those of its heirs together break one of its keys");
    assertThat(target.asSuperuser("select to_regnamespace('tsferry') is null")).isEqualTo("t");
  }

  private Crossing crossing(List<Hypertable> hypertables) {
    return Crossing.of(source, target, folder, programs, "plain", false, hypertables);
  }

  private static Hypertable converted(String table, String column, String interval) {
    return new Hypertable(name(table), column, interval, List.of(), null, true, null, null);
  }

  private static TableName name(String name) {
    return new TableName(SCHEMA, name);
  }

  // The columns of a partition that was attached stand in another order than the root's.
  private static String digest(Connection connection, String table) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select count(*) || ' ' || sum(hashtextextended(to_jsonb(t)::text, 0)::numeric) from \"Ser; \"\"ies\"\"\".\""
                    + table
                    + "\" t")) {
      row.next();
      return row.getString(1);
    }
  }
}
