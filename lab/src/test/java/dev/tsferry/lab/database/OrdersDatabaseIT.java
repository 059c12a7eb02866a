package dev.tsferry.lab.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tsferry.plan.Hypertable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

@RequiresContainerEngine
class OrdersDatabaseIT {

  @Test
  void create_fullScale_holdsTwoMillionRows() throws SQLException {
    try (RdsLikeSource source = started();
        Connection master = source.connect()) {
      OrdersDatabase.create(master, OrdersDatabase.FULL_SCALE);
      assertThat(rows(DatabaseContent.of(master)).sum()).isGreaterThan(2_000_000);
    }
  }

  @Test
  void create_twice_isEqualToTheLastByte() throws SQLException {
    DatabaseContent first;
    try (RdsLikeSource source = started();
        Connection master = source.connect()) {
      OrdersDatabase.create(master, OrdersDatabase.TEST_SCALE);
      first = DatabaseContent.of(master);
    }
    try (RdsLikeSource source = started();
        Connection master = source.connect()) {
      // A session's own settings must not matter.
      master
          .createStatement()
          .execute("set timezone = 'Asia/Kathmandu'; set datestyle = 'ISO, DMY'");
      OrdersDatabase.create(master, OrdersDatabase.TEST_SCALE);
      assertThat(DatabaseContent.of(master)).isEqualTo(first);
    }
    assertThat(rows(first).sum()).isGreaterThan(OrdersDatabase.TEST_SCALE);
  }

  @Test
  void hypertables_nameTablesAndTimeColumnsThatAreThere() throws SQLException {
    try (RdsLikeSource source = started();
        Connection master = source.connect();
        PreparedStatement column =
            master.prepareStatement(
                "select is_nullable from information_schema.columns"
                    + " where table_schema = ? and table_name = ? and column_name = ?")) {
      OrdersDatabase.create(master, OrdersDatabase.TEST_SCALE);
      for (Hypertable hypertable : OrdersDatabase.HYPERTABLES) {
        column.setString(1, hypertable.table().schema());
        column.setString(2, hypertable.table().name());
        column.setString(3, hypertable.timeColumn());
        try (ResultSet rows = column.executeQuery()) {
          assertThat(rows.next()).as(hypertable.toString()).isTrue();
          assertThat(rows.getString(1)).isEqualTo("NO");
        }
      }
    }
  }

  private static LongStream rows(DatabaseContent content) {
    return content.facts().entrySet().stream()
        .filter(fact -> fact.getKey().startsWith("rows of "))
        .filter(fact -> fact.getValue().contains(" rows "))
        .mapToLong(
            fact -> Long.parseLong(fact.getValue().substring(0, fact.getValue().indexOf(' '))));
  }

  private static RdsLikeSource started() {
    RdsLikeSource source =
        new RdsLikeSource(
                DatabaseImages.source(), "orders-db.aaaaaaaaaa.us-east-1.rds.amazonaws.com")
            .publishedOnLoopback();
    source.start();
    return source;
  }
}
