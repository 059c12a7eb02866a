package dev.tsferry.lab.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

@RequiresContainerEngine
class TimescaleLikeTargetIT {
  private static TimescaleLikeTarget target;

  @BeforeAll
  static void start() {
    target =
        new TimescaleLikeTarget(DatabaseImages.target(), "orders.tsdb.cloud.test")
            .publishedOnLoopback();
    target.start();
  }

  @AfterAll
  static void stop() {
    target.stop();
  }

  @Test
  void owner_itsAttributes_areThoseOfTheService() throws SQLException {
    try (Connection connection = target.connect()) {
      assertThat(
              query(
                  connection,
                  "select concat_ws(' ', rolsuper, rolcreaterole, rolreplication, rolbypassrls,"
                      + " datdba = r.oid) from pg_roles r, pg_database"
                      + " where rolname = current_user and datname = current_database()"))
          .isEqualTo("f t f f t");
    }
  }

  @Test
  void timescaledb_isPreinstalledInPublic() throws SQLException {
    try (Connection connection = target.connect()) {
      assertThat(
              query(
                  connection,
                  "select extnamespace::regnamespace || ' ' || extversion from pg_extension"
                      + " where extname = 'timescaledb'"))
          .isEqualTo("public 2.19.3");
      assertThat(query(connection, "show timescaledb.telemetry_level")).isEqualTo("off");
    }
  }

  @Test
  void owner_preAndPostRestore_areGrantedByThePlatform() throws SQLException {
    try (Connection connection = target.connect()) {
      query(connection, "select public.timescaledb_pre_restore()");
      assertThat(query(connection, "show timescaledb.restoring")).isEqualTo("on");
      query(connection, "select public.timescaledb_post_restore()");
      assertThat(query(connection, "show timescaledb.restoring")).isEqualTo("off");
    }
  }

  @Test
  void bareUser_preRestore_isDenied() {
    assertThatThrownBy(
            () ->
                target.asSuperuser(
                    "create role bare; set role bare; select public.timescaledb_pre_restore()"))
        .hasMessageContaining("permission denied for function timescaledb_pre_restore");
  }

  @Test
  void owner_makesHypertable_works() throws SQLException {
    try (Connection connection = target.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("create table public.probe (at timestamptz not null, value int)");
      query(
          connection,
          "select public.create_hypertable('public.probe', public.by_range('at'),"
              + " create_default_indexes => false)");
      statement.execute("insert into public.probe values ('2024-01-01', 1), ('2024-03-01', 2)");
      assertThat(query(connection, "select count(*) from public.show_chunks('public.probe')"))
          .isEqualTo("2");
      statement.execute("drop table public.probe");
    }
  }

  @Test
  void owner_makesDatabase_isDenied() throws SQLException {
    try (Connection connection = target.connect();
        Statement statement = connection.createStatement()) {
      assertThatThrownBy(() -> statement.execute("create database other"))
          .hasMessageContaining("permission denied to create database");
    }
  }

  @Test
  void owner_entersOtherDatabase_isRefused() {
    assertThatThrownBy(() -> target.connect("postgres"))
        .hasMessageContaining("no pg_hba.conf entry");
  }

  private static String query(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }
}
