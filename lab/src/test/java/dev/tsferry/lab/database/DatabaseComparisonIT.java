package dev.tsferry.lab.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tsferry.plan.Hypertable;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Each test changes the target by one thing, sees it named, and undoes it. */
@RequiresContainerEngine
class DatabaseComparisonIT {
  private static final List<String> POLICY_ROLES =
      List.of("shop_reader", "shop_auditor", "\"O'Brien, \"\"the\"\" SUPERUSER\"");

  private static RdsLikeSource source;
  private static TimescaleLikeTarget target;
  private static DatabaseContent before;

  @BeforeAll
  static void carry() throws SQLException, IOException, InterruptedException {
    source =
        new RdsLikeSource(
                DatabaseImages.source(), "orders-db.aaaaaaaaaa.us-east-1.rds.amazonaws.com")
            .publishedOnLoopback();
    target =
        new TimescaleLikeTarget(DatabaseImages.target(), "orders.tsdb.cloud.test")
            .publishedOnLoopback();
    source.start();
    target.start();
    try (Connection master = source.connect()) {
      OrdersDatabase.create(master, OrdersDatabase.TEST_SCALE);
      HostileDatabase.create(master);
      before = DatabaseContent.of(master);
    }
    List<Hypertable> hypertables = new ArrayList<>(OrdersDatabase.HYPERTABLES);
    hypertables.add(HostileDatabase.HYPERTABLE);
    new PlainCarry(source, target).carry(POLICY_ROLES, hypertables);
  }

  @AfterAll
  static void stop() {
    source.stop();
    target.stop();
  }

  @Test
  void differences_carriedDatabase_areNone() throws SQLException {
    try (Connection master = source.connect();
        Connection owner = target.connect()) {
      assertThat(DatabaseComparison.differences(master, owner)).isEmpty();
    }
  }

  @Test
  void differences_changedRow_isFound() throws SQLException {
    assertThat(
            differencesWhile(
                "update odd.texts set t = 'x' where id = 1",
                "update odd.texts set t = '' where id = 1"))
        .singleElement()
        .asString()
        .startsWith("rows of odd.texts: 24 rows with digest");
  }

  @Test
  void differences_emptyTextForNull_isFound() throws SQLException {
    assertThat(
            differencesWhile(
                "update odd.texts set t = '' where id = 2",
                "update odd.texts set t = null where id = 2"))
        .hasSize(1);
  }

  @Test
  void differences_doubledRow_isFound() throws SQLException {
    assertThat(
            differencesWhile(
                "insert into odd.twins values (1, 'twin')",
                "delete from odd.twins where ctid = (select max(ctid) from odd.twins where a = 1)"))
        .singleElement()
        .asString()
        .contains("rows of odd.twins: 307 rows", " 308 rows");
  }

  @Test
  void differences_rowsExchangedForEqualCount_areFound() throws SQLException {
    assertThat(
            differencesWhile(
                "update odd.twins set a = 2 where ctid ="
                    + " (select max(ctid) from odd.twins where a = 1)",
                "update odd.twins set a = 1 where ctid ="
                    + " (select max(ctid) from odd.twins where a = 2)"))
        .hasSize(1);
  }

  @Test
  void differences_lostRowOfTableWithoutColumns_isFound() throws SQLException {
    assertThat(
            differencesWhile(
                "delete from odd.no_columns where ctid = (select max(ctid) from odd.no_columns)",
                "insert into odd.no_columns default values"))
        .containsExactly(
            "rows of odd.no_columns: 5 rows with digest %s on the source, 4 rows with digest %s on the target"
                .formatted(digestWithoutColumns(5), digestWithoutColumns(4)));
  }

  @Test
  void differences_changedRowOfHypertable_isFound() throws SQLException {
    assertThat(
            differencesWhile(
                "update telemetry.\"Sensor Log\" set \"Message\" = 'x' where \"line no.\" = 1",
                "update telemetry.\"Sensor Log\" set \"Message\" = '' where \"line no.\" = 1"))
        .singleElement()
        .asString()
        .startsWith("rows of telemetry.\"Sensor Log\": 500 rows");
  }

  @Test
  void differences_missingIndex_isFound() throws SQLException {
    assertThat(
            differencesWhile(
                "drop index telemetry.readings_ts_idx",
                "create index readings_ts_idx on telemetry.readings (ts desc);"
                    + "comment on index telemetry.readings_ts_idx is"
                    + " 'named as create_hypertable would'"))
        .containsExactly(
            "comment on index telemetry.readings_ts_idx: missing on the target",
            "index telemetry.readings_ts_idx: missing on the target");
  }

  @Test
  void differences_sequenceAtAnotherValue_isFound() throws SQLException {
    assertThat(
            differencesWhile(
                "select setval('shop.countdown', -3, true)",
                "select setval('shop.countdown', -3, false)"))
        .containsExactly(
            "value of sequence shop.countdown: -3 not called on the source,"
                + " -3 called on the target");
  }

  @Test
  void differences_changedLargeObject_isFound() throws SQLException {
    assertThat(
            differencesWhile(
                "select lo_put(4100001, 3, '\\xff')", "select lo_put(4100001, 3, '\\x03')"))
        .singleElement()
        .asString()
        .startsWith("large object 4100001: ");
  }

  @Test
  void differences_disabledTriggerAndDroppedConstraint_areFound() throws SQLException {
    assertThat(
            differencesWhile(
                "alter table shop.orders disable trigger orders_noted;"
                    + "alter table odd.documents drop constraint documents_pkey",
                "alter table shop.orders enable trigger orders_noted;"
                    + "alter table odd.documents add constraint documents_pkey primary key (id)"))
        .anyMatch(line -> line.startsWith("trigger orders_noted on shop.orders: enabled O"))
        .contains(
            "index odd.documents_pkey: missing on the target",
            "table constraint documents_pkey on odd.documents: missing on the target")
        .hasSize(3);
  }

  @Test
  void differences_tableTooMany_isFound() throws SQLException {
    assertThat(differencesWhile("create table public.more ()", "drop table public.more"))
        .containsExactly(
            "rows of public.more: only on the target", "table public.more: only on the target");
  }

  // By the server, from the text of a row without columns.
  private static String digestWithoutColumns(int rows) {
    return target.asSuperuser(
        "select %d * hashtextextended(encode('()'::bytea, 'hex') collate \"C\", 0)::numeric"
            .formatted(rows));
  }

  private static List<String> differencesWhile(String change, String undo) throws SQLException {
    try (Connection owner = target.connect();
        Statement statement = owner.createStatement()) {
      statement.execute(change);
      try {
        return DatabaseComparison.differences(before, DatabaseContent.of(owner));
      } finally {
        statement.execute(undo);
      }
    }
  }
}
