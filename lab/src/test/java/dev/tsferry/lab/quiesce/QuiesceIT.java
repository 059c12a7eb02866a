package dev.tsferry.lab.quiesce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tsferry.lab.database.RdsLikeSource;
import dev.tsferry.lab.database.RequiresContainerEngine;
import dev.tsferry.lab.database.TimescaleLikeTarget;
import dev.tsferry.lab.pipeline.Crossing;
import dev.tsferry.lab.pipeline.TableLock;
import dev.tsferry.lab.pipeline.Waiting;
import dev.tsferry.plan.Quiesce;
import dev.tsferry.plan.event.RunEvent;
import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.plan.outcome.ExitCode;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A source that is written to before, while and after it is dumped. */
@RequiresContainerEngine
class QuiesceIT {
  private static final String SETTING =
      "select coalesce((select setconfig::text from pg_db_role_setting s join pg_database d"
          + " on d.oid = s.setdatabase where datname = 'orders' and setrole = 0), 'none')";

  private static final String WAITING =
      "select count(*) from pg_stat_activity where application_name = 'web shop' and wait_event_type = 'Lock'";
  private static final String WAITED =
      "select clock_timestamp() - query_start > interval '5 seconds' from pg_stat_activity where application_name = 'web shop'";

  private static RdsLikeSource source;
  private static TimescaleLikeTarget target;
  private Crossing crossing;

  @TempDir Path folder;

  @BeforeAll
  static void start() {
    source = Crossing.startedRds();
    target = Crossing.startedTarget();
    target.keptForLater();
  }

  @BeforeEach
  void fill() throws SQLException {
    source.emptied();
    target.emptied();
    try (Connection master = source.connect();
        Statement statement = master.createStatement()) {
      statement.execute(
          """
          create table orders (id int primary key, note text);
          insert into orders select i, 'order ' || i from generate_series(1, 1000) i;
          create table visits (id int, at timestamptz);
          insert into visits select i, now() from generate_series(1, 1000) i;
          create table scratch (id int);
          insert into scratch select generate_series(1, 10);
          create sequence numbers;
          alter table orders cluster on orders_pkey;
          """);
    }
    crossing = Crossing.of(source, target, folder, List.of());
  }

  @AfterAll
  static void stop() {
    source.stop();
    target.stop();
  }

  @Test
  void run_nobodyWrites_isProven() throws Exception {
    carry();
    assertThat(notices())
        .anyMatch(text -> text.contains("proof: all 3 tables were locked against writes"));
  }

  @Test
  void run_writerInTheWayOfALock_isNamed_andThatTableOnlyObserved() throws Exception {
    try (Connection shop = source.connect();
        Statement statement = shop.createStatement()) {
      shop.setAutoCommit(false);
      statement.execute("set application_name = 'web shop'");
      statement.execute("update orders set note = 'changed' where id = 1");

      carry();
      shop.rollback();
    }
    assertThat(notices())
        .anyMatch(
            text ->
                text.contains(
                    "only observed (evidence, no proof): public.orders: held by web shop"))
        .anyMatch(text -> text.contains("evidence only for 1 of 3 tables: public.orders"));
  }

  @Test
  void run_writerWhileTablesAreLocked_waitsForTheDump_isNamed_andFoundOut() throws Exception {
    try (Connection gate = source.connect();
        Statement hold = gate.createStatement();
        Connection shop = source.connect();
        Statement write = shop.createStatement()) {
      // pg_dump waits for the definition of this view, and with it the locks against writes.
      hold.execute("create view gate as select 1 as x");
      gate.setAutoCommit(false);
      hold.execute("alter view gate rename to closed");
      write.execute("set application_name = 'web shop'");
      CompletableFuture<ExitCode> run = CompletableFuture.supplyAsync(crossing::carry);
      Waiting.until(() -> locked("orders", "ShareLock"));
      CompletableFuture<Void> insert =
          CompletableFuture.runAsync(
              () -> execute(write, "insert into orders values (2000, 'late')"));
      Waiting.until(() -> source.asSuperuser(WAITING).equals("1"));
      // Long enough for the watch to see who waits.
      Waiting.until(() -> source.asSuperuser(WAITED).equals("t"));
      assertThat(insert).isNotDone();
      gate.rollback();

      assertThat(run.get(120, TimeUnit.SECONDS)).isEqualTo(ExitCode.DIFFERENCES_FOUND);
      insert.get(10, TimeUnit.SECONDS);
    }
    assertThat(notices())
        .anyMatch(text -> text.contains("held up by the locks") && text.contains("web shop"));
    assertThat(crossing.failure().message())
        .contains("the source was written to since the dump")
        .contains("public.orders was written to: 1 row inserted");
  }

  @Test
  void run_writesBetweenDumpAndVerify_areFoundOut_byTable() throws Exception {
    writeAfterDump(
        "",
        true,
        "insert into orders values (3000, 'late')",
        "truncate scratch",
        "alter table visits add column origin text",
        "create table fresh (id int)");

    assertThat(crossing.failure().code()).isEqualTo(ErrorCode.DIFFERENCES_FOUND);
    assertThat(crossing.failure().message())
        .contains("public.orders was written to: 1 row inserted, 0 updated and 0 deleted")
        .contains("public.scratch was written to: truncated or rewritten")
        .contains("public.fresh was written to: created since the dump")
        .contains("active on the source since then: web shop of user orders_admin");
    assertThat(crossing.state().exitCode()).isEqualTo(9);
  }

  @Test
  void run_rolledBackInsert_isNotedAndNoFailure() throws Exception {
    assertThat(writeAfterDump("begin; insert into orders values (3000, 'late'); rollback"))
        .isEqualTo(ExitCode.DONE);
    assertThat(notices())
        .anyMatch(
            text -> text.contains("public.orders: 1 row inserted since the dump and rolled back"));
  }

  @Test
  void run_sourceThatCountsNothing_isNotTakenForQuiet() throws Exception {
    source.asSuperuser("alter system set track_counts = off");
    source.asSuperuser("select pg_reload_conf()");
    try {
      assertThat(writeAfterDump("update orders set note = 'late' where id = 1"))
          .isEqualTo(ExitCode.DONE);
    } finally {
      source.asSuperuser("alter system reset track_counts");
      source.asSuperuser("select pg_reload_conf()");
    }
    assertThat(notices())
        .anyMatch(text -> text.startsWith("source: ") && text.contains("the counters say nothing"));
  }

  @Test
  void run_maintenanceOfTables_isNoWrite() throws Exception {
    assertThat(
            writeAfterDump(
                "vacuum full visits", "cluster orders using orders_pkey", "reindex table orders"))
        .as(() -> crossing.log())
        .isEqualTo(ExitCode.DONE);
    assertThat(notices())
        .anyMatch(text -> text.startsWith("public.visits: rewritten since the dump (VACUUM FULL"))
        .anyMatch(text -> text.startsWith("public.orders: rewritten since the dump (VACUUM FULL"));
  }

  @Test
  void run_valuesChangedByADefinition_areNoMaintenance() throws Exception {
    assertThat(writeAfterDump("alter table visits alter id type int using id + 1"))
        .isEqualTo(ExitCode.DIFFERENCES_FOUND);
    assertThat(crossing.failure().message())
        .contains("public.visits was written to: truncated or rewritten since the dump");
  }

  @Test
  void run_whatNoTableTells_isFoundOut_andOnlyReportedByARehearsal() throws Exception {
    assertThat(
            writeAfterDump(
                "select nextval('numbers')",
                "select lo_from_bytea(0, 'late')",
                "create function late() returns int language sql as 'select 1'"))
        .isEqualTo(ExitCode.DIFFERENCES_FOUND);
    assertThat(crossing.failure().message())
        .contains("pg_catalog.pg_largeobject was written to: 1 row inserted")
        .contains("changed on the source since the dump: sequence public.numbers")
        .contains("the definitions of functions");

    assertThat(crossing.rehearsing().carry()).isEqualTo(ExitCode.DONE);
  }

  @Test
  void rehearsal_writes_areReportedAndNoFailure() throws Exception {
    crossing = crossing.rehearsing();
    assertThat(writeAfterDump("insert into orders values (3000, 'late')")).isEqualTo(ExitCode.DONE);
    assertThat(crossing.report().notices())
        .anyMatch(text -> text.startsWith("rehearsal: public.orders was written to"));
  }

  @Test
  void readOnly_isSetForTheRun_endsWriters_andIsUndoneAfterSuccess() throws Exception {
    quiesce(new Quiesce(Quiesce.Mode.LOCK, true, false, true));
    try (Connection shop = source.connect();
        Statement statement = shop.createStatement()) {
      shop.setAutoCommit(false);
      statement.execute("set application_name = 'web shop'");
      statement.execute("update orders set note = 'changed' where id = 1");

      carry();

      assertThatThrownBy(() -> statement.execute("select 1")).isInstanceOf(SQLException.class);
    }
    assertThat(notices())
        .anyMatch(text -> text.startsWith("ended web shop"))
        .contains(
            "undone on the source: ALTER DATABASE orders RESET default_transaction_read_only");
    assertThat(source.asSuperuser(SETTING)).isEqualTo("none");
  }

  @Test
  void readOnly_keptAfterSuccess_onlyIfThePlanSaysSo() throws Exception {
    quiesce(new Quiesce(Quiesce.Mode.LOCK, true, true, false));
    carry();
    assertThat(source.asSuperuser(SETTING)).isEqualTo("{default_transaction_read_only=on}");
    assertThat(crossing.report().notices())
        .anyMatch(
            text -> text.contains("ALTER DATABASE orders RESET default_transaction_read_only"));
  }

  @Test
  void readOnly_ofARunThatFailed_isUndone() throws Exception {
    quiesce(new Quiesce(Quiesce.Mode.LOCK, true, false, false));
    writeAfterDumpAs("rdsadmin", "set transaction read write; truncate scratch");
    assertThat(crossing.failure().code()).isEqualTo(ErrorCode.DIFFERENCES_FOUND);
    assertThat(source.asSuperuser(SETTING)).isEqualTo("none");
  }

  @Test
  void readOnly_ofARunThatWasKilled_isUndoneByTheNext() throws Exception {
    quiesce(new Quiesce(Quiesce.Mode.LOCK, true, false, false));
    Process process = crossing.start();
    Waiting.until(() -> !process.isAlive() || isReadOnly());
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(isReadOnly()).as("nobody could undo it").isTrue();

    carry();

    assertThat(source.asSuperuser(SETTING)).isEqualTo("none");
    assertThat(notices()).anyMatch(text -> text.contains("left by an attempt that died"));
  }

  private static void execute(Statement statement, String sql) {
    try {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private void carry() {
    ExitCode exitCode = crossing.carry();
    assertThat(exitCode).as(() -> crossing.log()).isEqualTo(ExitCode.DONE);
  }

  private boolean isReadOnly() {
    return source.asSuperuser(SETTING).contains("default_transaction_read_only=on");
  }

  private void quiesce(Quiesce options) {
    crossing = crossing.with(crossing.request().pipeline().with(options));
  }

  private ExitCode writeAfterDump(String... statements) throws Exception {
    return writeAfterDump("", false, statements);
  }

  private ExitCode writeAfterDumpAs(String superuser, String... statements) throws Exception {
    return writeAfterDump(superuser, false, statements);
  }

  // The load is held up until the statements are executed on the source. Whoever stays idle there
  // may have counted what nobody was told yet, which is waited for.
  private ExitCode writeAfterDump(String superuser, boolean stays, String... statements)
      throws Exception {
    CompletableFuture<ExitCode> run = CompletableFuture.supplyAsync(crossing::carry);
    try (TableLock lock = TableLock.of(target, "public.orders")) {
      lock.awaitLoading();
      for (String statement : statements) {
        if (superuser.isEmpty()) {
          try (Connection shop = source.connect();
              Statement write = shop.createStatement()) {
            write.execute("set application_name = 'web shop'");
            write.execute(statement);
          }
        } else {
          source.asSuperuser(statement);
        }
      }
      if (!stays) {
        lock.release();
        return run.get(120, TimeUnit.SECONDS);
      }
      try (Connection idle = source.connect();
          Statement read = idle.createStatement()) {
        read.execute("set application_name = 'web shop'; select 1");
        lock.release();
        return run.get(120, TimeUnit.SECONDS);
      }
    }
  }

  private boolean locked(String table, String mode) {
    return source
        .asSuperuser(
            "select exists (select from pg_locks where relation = '%s'::regclass and mode = '%s' and granted)"
                .formatted(table, mode))
        .equals("t");
  }

  private List<String> notices() throws IOException {
    return crossing.events().stream()
        .filter(RunEvent.Notice.class::isInstance)
        .map(event -> ((RunEvent.Notice) event).text())
        .toList();
  }
}
