package dev.tsferry.lab.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tsferry.lab.database.DatabaseImages;
import dev.tsferry.lab.database.OrdersDatabase;
import dev.tsferry.lab.database.RdsLikeSource;
import dev.tsferry.lab.database.RequiresContainerEngine;
import dev.tsferry.lab.database.TimescaleLikeTarget;
import dev.tsferry.plan.DatabaseAddress;
import dev.tsferry.plan.Hypertable;
import dev.tsferry.plan.TableName;
import dev.tsferry.plan.Tls;
import dev.tsferry.plan.TlsMode;
import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.plan.outcome.ExitCode;
import dev.tsferry.runner.MigrationRun;
import dev.tsferry.runner.RunRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can't succeed is refused before anything is written, and in words. */
@RequiresContainerEngine
class RefusedRunIT {
  private static RdsLikeSource source;
  private static TimescaleLikeTarget target;

  @TempDir Path folder;

  @BeforeAll
  static void start() throws SQLException {
    source = new RdsLikeSource(DatabaseImages.source(), "localhost").publishedOnLoopback();
    target = new TimescaleLikeTarget(DatabaseImages.target(), "localhost").publishedOnLoopback();
    source.start();
    target.start();
    try (Connection master = source.connect()) {
      OrdersDatabase.create(master, 1000);
    }
  }

  @AfterAll
  static void stop() {
    source.stop();
    target.stop();
  }

  @AfterEach
  void nothingWasWritten() {
    assertThat(target.asSuperuser("select to_regnamespace('tsferry') is null")).isEqualTo("t");
  }

  @Test
  void run_targetNotEmpty_isRefused() throws Exception {
    Crossing crossing = crossing(List.of());
    try (Connection owner = target.connect();
        Statement statement = owner.createStatement()) {
      statement.execute("create table \"my table\" (x int); create schema other");
      assertThat(crossing.carry()).isEqualTo(ExitCode.TARGET_DATABASE);
      statement.execute("drop table \"my table\"; drop schema other");
    }
    assertThat(crossing.failure().code()).isEqualTo(ErrorCode.TARGET_NOT_EMPTY);
    assertThat(crossing.failure().message())
        .isEqualTo("the target is not empty: schema other, table public.\"my table\"");
    assertThat(crossing.state().exitCode()).isEqualTo(7);
  }

  @Test
  void run_wrongPasswords_areBothTold() throws Exception {
    Crossing crossing = crossing(List.of());
    MigrationRun run =
        new MigrationRun(
            crossing.request(), LocalRun.passwords("guess1", "guess2"), LocalRun.silent());

    assertThat(run.run()).isEqualTo(ExitCode.SOURCE_DATABASE);

    assertThat(crossing.failure().code()).isEqualTo(ErrorCode.SOURCE_LOGIN_FAILED);
    assertThat(crossing.failure().message())
        .contains("password authentication failed for user \"orders_admin\"")
        .contains("password authentication failed for user \"tsdbadmin\"")
        .doesNotContain("guess1");
  }

  @Test
  void run_serverWithCiphersOfOldOnly_isReachedByJavasOwnTls() throws Exception {
    ciphers(
        "set ssl_ciphers = 'ECDHE-ECDSA-AES256-SHA384:ECDHE-RSA-AES256-SHA384'",
        "set ssl_max_protocol_version = 'TLSv1.2'");
    try {
      Crossing crossing = crossing(List.of());
      new MigrationRun(
              crossing.request(), LocalRun.passwords("guess1", "guess2"), LocalRun.silent())
          .run();

      assertThat(crossing.failure().message())
          .as("the server was spoken to")
          .contains("password authentication failed for user \"tsdbadmin\"");
    } finally {
      ciphers("reset ssl_ciphers", "reset ssl_max_protocol_version");
    }
  }

  private static void ciphers(String... changes) throws Exception {
    String before = target.asSuperuser("show ssl_max_protocol_version");
    for (String change : changes) {
      target.asSuperuser("alter system " + change);
    }
    target.asSuperuser("select pg_reload_conf()");
    Waiting.until(() -> !target.asSuperuser("show ssl_max_protocol_version").equals(before));
  }

  @Test
  void run_nothingListens_isUnreachable() throws Exception {
    DatabaseAddress nowhere =
        new DatabaseAddress("localhost", 1, "tsdb", "tsdbadmin", new Tls(TlsMode.REQUIRE, null));
    Crossing crossing = to(crossing(List.of()), nowhere);

    assertThat(crossing.carry()).isEqualTo(ExitCode.TARGET_DATABASE);

    assertThat(crossing.failure().code()).isEqualTo(ErrorCode.TARGET_UNREACHABLE);
    assertThat(crossing.failure().message())
        .isEqualTo(
            "connecting to the target localhost:1 as tsdbadmin: nothing listens there (connection refused)");
  }

  @Test
  void run_certificateOfAnotherAuthority_isRefused() throws Exception {
    DatabaseAddress good = target.address();
    DatabaseAddress other =
        new DatabaseAddress(
            good.host(),
            good.port(),
            good.database(),
            good.user(),
            new Tls(TlsMode.VERIFY_FULL, source.ca()));
    Crossing crossing = to(crossing(List.of()), other);

    assertThat(crossing.carry()).isEqualTo(ExitCode.TARGET_DATABASE);

    assertThat(crossing.failure().code()).isEqualTo(ErrorCode.TARGET_UNREACHABLE);
    assertThat(crossing.failure().message()).contains("TLS (verify-full) failed");
  }

  @Test
  void run_sourceNewerThanClientAndWithTimescaledb_bothAreTold() throws Exception {
    RunRequest request = crossing(List.of()).request();
    RunRequest reversed =
        new RunRequest(
            request.name(),
            target.address(),
            source.address(),
            request.pipeline(),
            request.stateDirectory(),
            request.dumpDirectory(),
            request.runtimeDirectory());
    Crossing crossing = new Crossing(source, target, reversed, null);

    ExitCode exitCode =
        new MigrationRun(
                reversed,
                LocalRun.passwords(target.password(), source.password()),
                LocalRun.silent())
            .run();

    assertThat(exitCode).isEqualTo(ExitCode.TARGET_DATABASE);
    assertThat(crossing.failure().message())
        .contains("the target is PostgreSQL 15, older than the source's 17")
        .contains("pg_dump 15 is older than the source's PostgreSQL 17, which it refuses to dump")
        .contains("extension timescaledb of the source is not available on the target")
        .contains("the target is not empty");
  }

  @Test
  void run_impossibleHypertables_areAllTold() throws Exception {
    try (Connection master = source.connect();
        Statement statement = master.createStatement()) {
      statement.execute(
          """
          create schema bad;
          create table bad.key (id int primary key, ts timestamptz);
          create table bad.infinite (ts timestamptz);
          insert into bad.infinite values ('infinity');
          create table bad.empty (ts timestamptz);
          insert into bad.empty values (null);
          create table bad.parts (ts timestamptz) partition by range (ts);
          create table bad.ruled (ts timestamptz not null);
          create rule r as on delete to bad.ruled do instead nothing;
          create table bad.texts (ts text);
          create table bad.counts (n int not null);
          """);
      Crossing crossing =
          crossing(
              List.of(
                  hypertable("missing", "ts", null),
                  hypertable("key", "ts", null),
                  hypertable("infinite", "ts", null),
                  hypertable("empty", "ts", null),
                  hypertable("parts", "ts", null),
                  hypertable("ruled", "ts", "soon"),
                  hypertable("texts", "ts", null),
                  hypertable("counts", "n", null),
                  hypertable("counts", "m", null)));

      assertThat(crossing.carry()).isEqualTo(ExitCode.SOURCE_DATABASE);
      statement.execute("drop schema bad cascade");

      assertThat(crossing.failure().message().lines())
          .containsExactly(
              "preflight found 10 problems:",
              "  table bad.missing can't become a hypertable: the source has no such table",
              "  table bad.key can't become a hypertable: unique on a hypertable must hold the time column ts, which is not in key_pkey",
              "  table bad.infinite can't become a hypertable: column ts holds null or infinity, which has no place in time",
              "  table bad.empty can't become a hypertable: column ts holds null or infinity, which has no place in time",
              "  table bad.parts can't become a hypertable: it is not an ordinary table: partitioned, a partition, inherited or a view",
              "  table bad.ruled can't become a hypertable: chunkInterval soon is not an interval",
              "  table bad.ruled can't become a hypertable: it has rules",
              "  table bad.texts can't become a hypertable: column ts is of type text; timestamptz, timestamp, date, smallint, integer and bigint can be used",
              "  table bad.counts can't become a hypertable: an integer column needs a chunkInterval",
              "  table bad.counts can't become a hypertable: it has no column m");
    }
  }

  @Test
  void run_whatTheUserMayNotRead_isTold() throws Exception {
    source.asSuperuser(
        """
        create schema private;
        create table private.t (x int);
        create table public.guarded (x int);
        grant select on public.guarded to orders_admin;
        alter table public.guarded enable row level security;
        """);
    try {
      Crossing crossing = crossing(List.of());

      assertThat(crossing.carry()).isEqualTo(ExitCode.SOURCE_DATABASE);

      assertThat(crossing.failure().message())
          .contains("the source's user may not read private.t")
          .contains("row-level security hides rows from the source's user in public.guarded");
    } finally {
      source.asSuperuser("drop schema private cascade; drop table public.guarded");
    }
  }

  @Test
  void run_whileAnotherHoldsTheLock_isRefused() throws Exception {
    Crossing crossing = crossing(List.of());
    try (Connection other = target.connect();
        Statement statement = other.createStatement()) {
      statement.execute("select pg_advisory_lock(x'74736665727279'::bigint)");

      assertThat(crossing.carry()).isEqualTo(ExitCode.STATE_CONFLICT);
    }
    assertThat(crossing.failure().code()).isEqualTo(ErrorCode.RUN_ACTIVE);
    assertThat(crossing.failure().message()).contains("held by process ");
  }

  private Crossing crossing(List<Hypertable> hypertables) throws IOException {
    return Crossing.of(source, target, folder, hypertables);
  }

  private static Crossing to(Crossing crossing, DatabaseAddress address) {
    RunRequest request = crossing.request();
    return crossing.with(
        new RunRequest(
            request.name(),
            request.source(),
            address,
            request.pipeline(),
            request.stateDirectory(),
            request.dumpDirectory(),
            request.runtimeDirectory()));
  }

  private static Hypertable hypertable(String table, String column, String interval) {
    return new Hypertable(new TableName("bad", table), column, interval);
  }
}
