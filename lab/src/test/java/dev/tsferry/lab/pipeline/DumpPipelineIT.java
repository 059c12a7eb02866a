package dev.tsferry.lab.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tsferry.lab.database.DatabaseImages;
import dev.tsferry.lab.database.HostileDatabase;
import dev.tsferry.lab.database.OrdersDatabase;
import dev.tsferry.lab.database.RdsLikeSource;
import dev.tsferry.lab.database.RequiresContainerEngine;
import dev.tsferry.lab.database.TimescaleLikeTarget;
import dev.tsferry.plan.DataMode;
import dev.tsferry.plan.Hypertable;
import dev.tsferry.plan.Pipeline;
import dev.tsferry.plan.VerifyLevel;
import dev.tsferry.plan.check.RunPreview;
import dev.tsferry.plan.event.RunEvent;
import dev.tsferry.plan.event.RunState;
import dev.tsferry.plan.outcome.ExitCode;
import dev.tsferry.plan.report.MigrationReport;
import dev.tsferry.plan.report.MigrationReport.StatementChange;
import dev.tsferry.runner.DryRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@RequiresContainerEngine
class DumpPipelineIT {
  private static RdsLikeSource source;

  @TempDir Path folder;

  @BeforeAll
  static void start() throws SQLException {
    source = new RdsLikeSource(DatabaseImages.source(), "localhost").publishedOnLoopback();
    source.start();
    try (Connection master = source.connect()) {
      OrdersDatabase.create(master, OrdersDatabase.TEST_SCALE);
      HostileDatabase.create(master);
    }
  }

  @AfterAll
  static void stop() {
    source.stop();
  }

  @Test
  void run_wholeDatabase_arrivesCompletely() throws Exception {
    List<Hypertable> hypertables = new ArrayList<>(OrdersDatabase.HYPERTABLES);
    hypertables.add(HostileDatabase.HYPERTABLE);
    try (TimescaleLikeTarget target = started()) {
      Crossing crossing = Crossing.of(source, target, folder, hypertables);
      assertThat(crossing.carry()).isEqualTo(ExitCode.DONE);

      assertThat(crossing.differences()).isEmpty();
      assertThat(target.asSuperuser("select to_regnamespace('tsferry') is null")).isEqualTo("t");
      assertThat(crossing.state().status()).isEqualTo(RunState.Status.SUCCEEDED);
      assertThat(crossing.report().complete()).isTrue();
      assertThat(crossing.events())
          .as("all that the source has is analyzed, and the server's own catalogues are no news")
          .noneMatch(
              event ->
                  event instanceof RunEvent.Notice notice
                      && notice.text().startsWith("only a superuser or the owner may analyze"));
      assertThat(crossing.report().cutover().connection())
          .startsWith("postgres://tsdbadmin@localhost:")
          .endsWith("/tsdb?sslmode=" + target.address().tls().mode().sslmode());
      assertThat(crossing.report().cutover().remaining())
          .anyMatch(text -> text.contains("alice") && text.contains("tsferry passwords"))
          .anyMatch(text -> text.startsWith("point the application at the target"));
      assertThat(crossing.report().tables()).allMatch(MigrationReport.TableCount::matches);
      assertThat(crossing.report().changes())
          .extracting(StatementChange::statement)
          .contains("GRANT \"pg_read_all_data\" TO \"nightly-export\"")
          .noneMatch(statement -> statement.contains("pg_attver"));
      assertThat(
              target.asSuperuser("select count(*) from pg_roles where rolname = 'rds_reporting'"))
          .isEqualTo("1");
      assertThat(crossing.writtenFiles())
          .allSatisfy(
              text ->
                  assertThat(text)
                      .doesNotContain(source.password())
                      .doesNotContain(target.password()));
      assertThat(crossing.request().runtimeDirectory()).isEmptyDirectory();
    }
  }

  @Test
  void dryRun_saysEveryCommandAndStatement_andWritesNothing() throws Exception {
    try (TimescaleLikeTarget target = started()) {
      Crossing crossing = Crossing.of(source, target, folder, OrdersDatabase.HYPERTABLES);
      String objects = "select count(*) from pg_class";
      String before = target.asSuperuser(objects);

      RunPreview preview =
          new DryRun(crossing.request(), LocalRun.passwords(source.password(), target.password()))
              .run();

      assertThat(target.asSuperuser(objects)).isEqualTo(before);
      assertThat(
              target.asSuperuser("select count(*) from pg_roles where rolname = 'shop_deployer'"))
          .isEqualTo("0");
      assertThat(crossing.request().stateDirectory()).doesNotExist();
      assertThat(commands(preview, "dump"))
          .anyMatch(
              text ->
                  text.contains("/pg_dumpall ")
                      && text.contains("--roles-only --quote-all-identifiers --no-role-passwords")
                      && text.endsWith("--database=orders"))
          .anyMatch(text -> text.contains("--section=pre-data --section=post-data"))
          .anyMatch(text -> text.contains("--snapshot=SNAPSHOT --section=data"));
      assertThat(commands(preview, "dump"))
          .filteredOn(text -> text.contains("/pg_dump "))
          .hasSize(2)
          .allSatisfy(
              text ->
                  assertThat(text)
                      .contains("--quote-all-identifiers --no-tablespaces")
                      .contains("--no-owner --no-privileges")
                      .contains("--lock-wait-timeout=60s")
                      .contains("--snapshot=SNAPSHOT"));
      assertThat(commands(preview, "dump"))
          .filteredOn(text -> text.contains("/pg_restore "))
          .hasSize(2)
          .allSatisfy(text -> assertThat(text).contains("--no-owner --no-privileges"));
      assertThat(preview.steps())
          .extracting(RunPreview.Step::step)
          .containsExactly(
              "preflight",
              "quiesce",
              "dump",
              "roles",
              "pre-data",
              "hypertables",
              "data",
              "post-data",
              "refresh",
              "settings",
              "analyze",
              "verify");
      assertThat(commands(preview, "quiesce"))
          .contains("LOCK TABLE shop.orders IN SHARE MODE -- while it is dumped");
      assertThat(commands(preview, "roles"))
          .anyMatch(text -> text.startsWith("CREATE ROLE \"alice\""));
      assertThat(commands(preview, "pre-data"))
          .anyMatch(text -> text.startsWith("CREATE TABLE \"shop\".\"orders\""));
      assertThat(commands(preview, "hypertables"))
          .contains(
              "SELECT public.create_hypertable('telemetry.readings', 'ts',"
                  + " chunk_time_interval => '7 days'::interval, create_default_indexes => false)");
      assertThat(commands(preview, "data"))
          .singleElement()
          .asString()
          .contains("/psql ")
          .contains("--no-psqlrc --set=ON_ERROR_STOP=1 --set=VERBOSITY=verbose --echo-errors")
          .contains("--single-transaction");
      assertThat(commands(preview, "refresh"))
          .anyMatch(text -> text.startsWith("REFRESH MATERIALIZED VIEW"));
      assertThat(commands(preview, "settings"))
          .anyMatch(text -> text.startsWith("GRANT ") && text.contains("shop_reader"))
          .anyMatch(text -> text.startsWith("ALTER ROLE bob IN DATABASE tsdb SET"));
      assertThat(preview.toString())
          .doesNotContain(source.password())
          .doesNotContain(target.password());

      assertThat(crossing.carry()).as("the real run is not in the way").isEqualTo(ExitCode.DONE);
    }
  }

  @Test
  void run_withoutRoles_byEstimates_saysSo() throws Exception {
    try (TimescaleLikeTarget target = started()) {
      Crossing plain = Crossing.of(source, target, folder, OrdersDatabase.HYPERTABLES);
      Crossing crossing =
          plain.with(
              new Pipeline(
                  DataMode.DUMP,
                  OrdersDatabase.HYPERTABLES,
                  false,
                  VerifyLevel.ESTIMATES,
                  15,
                  false));

      assertThat(crossing.carry()).isEqualTo(ExitCode.TARGET_DATABASE);
      assertThat(crossing.failure().message())
          .contains("it is for the role shop_auditor, which the target will not have");
      target.asSuperuser(
          "create role shop_auditor; create role shop_reader; create role \"O'Brien, \"\"the\"\" SUPERUSER\"");

      assertThat(crossing.carry()).as(crossing::log).isEqualTo(ExitCode.DONE);

      assertThat(crossing.events())
          .contains(new RunEvent.StepSkipped("roles", "the plan leaves roles out"));
      assertThat(target.asSuperuser("select count(*) from pg_roles where rolname = 'alice'"))
          .isEqualTo("0");
      assertThat(crossing.report().tables())
          .isNotEmpty()
          .allMatch(MigrationReport.TableCount::estimated)
          .allMatch(MigrationReport.TableCount::matches);
      assertThat(crossing.report().notices())
          .anyMatch(notice -> notice.startsWith("rows were estimated, not counted"))
          .anyMatch(
              notice ->
                  notice.startsWith("the plan leaves these roles out") && notice.contains("alice"));
    }
  }

  private static List<String> commands(RunPreview preview, String step) {
    return preview.steps().stream()
        .filter(previewed -> previewed.step().equals(step))
        .flatMap(previewed -> previewed.commands().stream())
        .map(RunPreview.Command::text)
        .toList();
  }

  @Test
  void run_againAfterItSucceeded_doesNothing() throws Exception {
    try (TimescaleLikeTarget target = started()) {
      Crossing crossing = Crossing.of(source, target, folder, List.of());
      assertThat(crossing.carry()).isEqualTo(ExitCode.DONE);
      int events = crossing.events().size();

      assertThat(crossing.carry()).isEqualTo(ExitCode.DONE);

      assertThat(crossing.events().subList(events, crossing.events().size()))
          .containsExactly(
              new RunEvent.Notice(
                  RunEvent.Notice.Level.INFO,
                  "this run was finished before; nothing is done (\"tsferry rollback --finished\" takes it back, so that it can begin anew)"),
              new RunEvent.RunFinished(0, "finished before, nothing was done"));
      assertThat(crossing.state().status()).isEqualTo(RunState.Status.SUCCEEDED);
      assertThat(crossing.state().steps())
          .noneMatch(step -> step.status() == RunState.StepStatus.PENDING);
      assertThat(crossing.differences()).isEmpty();
    }
  }

  @Test
  void run_againAfterItDiedRightBeforeItsLastWord_isFinished() throws Exception {
    try (TimescaleLikeTarget target = started()) {
      Crossing crossing = Crossing.of(source, target, folder, List.of());
      assertThat(crossing.carry()).isEqualTo(ExitCode.DONE);
      Path events = crossing.request().stateDirectory().resolve("events.jsonl");
      List<String> lines = Files.readAllLines(events);
      Files.write(events, lines.subList(0, lines.size() - 1));

      assertThat(crossing.carry()).isEqualTo(ExitCode.DONE);

      assertThat(crossing.events())
          .last()
          .isEqualTo(
              new RunEvent.RunFinished(0, "finished before, only its end was not written down"));
    }
  }

  private static TimescaleLikeTarget started() {
    TimescaleLikeTarget target =
        new TimescaleLikeTarget(DatabaseImages.target(), "localhost").publishedOnLoopback();
    target.start();
    return target;
  }
}
