package dev.tsferry.lab.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.tsferry.lab.database.DatabaseImages;
import dev.tsferry.lab.database.LabDatabase;
import dev.tsferry.lab.database.RdsLikeSource;
import dev.tsferry.lab.database.RequiresContainerEngine;
import dev.tsferry.lab.database.TimescaleLikeTarget;
import dev.tsferry.plan.Hypertable;
import dev.tsferry.plan.Quiesce;
import dev.tsferry.plan.TableName;
import dev.tsferry.plan.check.CheckReport;
import dev.tsferry.plan.check.CheckReport.Candidate;
import dev.tsferry.plan.check.Finding;
import dev.tsferry.plan.check.Severity;
import dev.tsferry.plan.outcome.ExitCode;
import dev.tsferry.runner.postgres.Server;
import dev.tsferry.runner.postgres.Session;
import dev.tsferry.runner.postgres.Side;
import dev.tsferry.runner.preflight.ActivityChecks;
import dev.tsferry.runner.preflight.Findings;
import dev.tsferry.runner.process.Cancellation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One source with everything that a check can find, looked at once. */
@RequiresContainerEngine
class CheckIT {
  private static RdsLikeSource source;
  private static TimescaleLikeTarget target;
  private static CheckReport report;
  private static List<String> before;

  @TempDir static Path folder;

  @BeforeAll
  static void check() throws Exception {
    source =
        CheckFixture.still(
            new RdsLikeSource(DatabaseImages.source(), "localhost").publishedOnLoopback());
    target =
        CheckFixture.still(
            new TimescaleLikeTarget(DatabaseImages.target(), "localhost").publishedOnLoopback());
    source.start();
    target.start();
    source.asSuperuser(CheckFixture.sql("superuser.sql"));
    source.asSuperuser("create tablespace aside location ''");
    source.asSuperuser("create table public.moved (id int) tablespace aside");
    source.asSuperuser("grant select on public.moved, public.remote to orders_admin");
    source.asSuperuser("create database warehouse");
    target.asSuperuser("create schema other; create table public.leftover (id int)");
    try (Connection master = source.connect();
        Connection writer = source.connect();
        Statement setup = master.createStatement();
        Statement write = writer.createStatement()) {
      setup.execute(CheckFixture.sql("owner.sql"));
      setup.execute("begin; insert into public.factors values (9); prepare transaction 'in doubt'");
      setup.execute("alter database orders set default_transaction_read_only = on");
      setup.execute("alter role orders_admin set statement_timeout = '9min'");
      writer.setAutoCommit(false);
      write.execute("set transaction read write; set application_name = 'web shop'");
      write.execute("insert into public.factors values (3)");
      before = List.of(lastTransaction(source), lastTransaction(target));
      report =
          CheckFixture.check(
              source, target, folder, new Quiesce(Quiesce.Mode.LOCK, true, false, true));
      assertThat(List.of(lastTransaction(source), lastTransaction(target)))
          .as("a transaction number is given to whoever writes anything at all")
          .isEqualTo(before);
      writer.rollback();
    }
  }

  private static String lastTransaction(LabDatabase<?> database) {
    return database.asSuperuser("select pg_snapshot_xmax(pg_current_snapshot())");
  }

  @AfterAll
  static void stop() {
    source.stop();
    target.stop();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          missing-usage                 | ERROR   | 'schemas private, tools'
          missing-select                | ERROR   | public.hidden
          missing-select-sequence       | ERROR   | public.hidden_number
          missing-select-large-object   | ERROR   | large objects 4711
          row-security                  | ERROR   | public.guarded
          force-row-security            | ERROR   | public.forced
          extension-unavailable         | ERROR   | extension no_such_extension
          extension-schema              | ERROR   | extension pg_stat_statements
          collation-missing             | ERROR   | collation only_here
          target-not-empty              | ERROR   | target
          extension-stays-behind        | WARNING | extension aws_s3
          extension-needs-superuser     | ERROR   | extension pageinspect
          extension-rows                | WARNING | table public.made
          event-trigger                 | WARNING | event trigger watch
          untrusted-language            | WARNING | function public.inside() in internal
          leakproof-function            | WARNING | function public.tight(integer)
          base-type                     | WARNING | type public.bare
          operator-class                | WARNING | operator class public.odd_class
          operator-family               | WARNING | operator family public.odd_family
          cast-without-function         | WARNING | cast public.bare as text
          access-method                 | WARNING | access method heap_again
          foreign-data-wrapper          | WARNING | foreign-data wrapper nothing
          text-search-parser            | WARNING | text search parser odd_parser
          text-search-template          | WARNING | text search template odd_template
          language                      | WARNING | language odd_language
          publication                   | WARNING | publication everything
          subscription                  | WARNING | subscription news
          security-label                | WARNING | source
          tablespace                    | WARNING | public.moved in aside
          foreign-table                 | WARNING | foreign table public.remote on server elsewhere
          other-databases               | WARNING | warehouse
          source-read-only              | WARNING | source
          search-path                   | WARNING | function public.good(integer)
          replication-slot              | INFO    | replication slot reader
          unlogged-table                | INFO    | public.scratch
          large-objects                 | INFO    | source
          materialized-view             | INFO    | public.summary
          extensions                    | INFO    | source
          extension-version             | INFO    | extension pg_stat_statements
          size                          | INFO    | source
          largest-tables                | INFO    | source
          target-room                   | INFO    | target
          target-reached                | INFO    | target
          target-advice                 | INFO    | target
          versions                      | INFO    | source and target
          sessions                      | INFO    | source
          session-limits                | INFO    | source
          quiesce-lock                  | INFO    | source
          quiesce-read-only             | INFO    | source
          quiesce-end-sessions          | INFO    | source
          hypertable-candidate          | INFO    | table public.metrics
          hypertable-candidate-impossible | INFO  | table public.visits
          """)
  void finding(String code, Severity severity, String subject) {
    assertThat(CheckFixture.of(report, code))
        .extracting(Finding::severity, Finding::subject)
        .contains(tuple(severity, subject));
  }

  @Test
  void exitCode_isTheWorst() {
    assertThat(report.exitCode()).isEqualTo(ExitCode.SOURCE_DATABASE);
    assertThat(report.findings().get(0).severity()).isEqualTo(Severity.ERROR);
  }

  @Test
  void everyError_hasARemedy() {
    assertThat(report.findings())
        .filteredOn(finding -> finding.severity() == Severity.ERROR)
        .allSatisfy(finding -> assertThat(finding.remedy()).isNotEmpty());
  }

  @Test
  void missingRights_comeWithTheStatementThatGivesThem() throws Exception {
    for (String code :
        List.of(
            "missing-usage",
            "missing-select",
            "missing-select-sequence",
            "missing-select-large-object")) {
      for (Finding finding : CheckFixture.of(report, code)) {
        source.asSuperuser(
            "set transaction read write; " + finding.remedy().replace("as their owners: ", ""));
      }
    }
    CheckReport again = CheckFixture.check(source, target, folder);
    assertThat(again.findings())
        .extracting(Finding::code)
        .doesNotContain(
            "missing-usage",
            "missing-select",
            "missing-select-sequence",
            "missing-select-large-object");
  }

  @Test
  void writers_andUndecidedTransactions_areNamed() {
    assertThat(CheckFixture.of(report, "writers"))
        .extracting(Finding::subject)
        .allMatch(subject -> subject.contains("web shop of user orders_admin from "));
    assertThat(CheckFixture.of(report, "prepared-transaction"))
        .extracting(Finding::subject)
        .allMatch(subject -> subject.contains("'in doubt'"))
        .hasSize(1);
  }

  @Test
  void searchPath_aFunctionThatSetsItsOwn_isNotWarnedOf() {
    assertThat(CheckFixture.of(report, "search-path"))
        .extracting(Finding::subject)
        .containsExactlyInAnyOrder("function public.good(integer)", "function public.best()");
  }

  @Test
  void untrustedLanguage_whatARangeTypeBringsAlong_andAggregates_areNotWarnedOf() {
    assertThat(CheckFixture.of(report, "untrusted-language"))
        .extracting(Finding::subject)
        .noneMatch(subject -> subject.contains("span") || subject.contains("product"));
  }

  @Test
  void proposal_hasTheSeriesWithAnIntervalOfItsRate_andNotTheRest() {
    assertThat(report.candidates())
        .extracting(Candidate::hypertable)
        .extracting(Hypertable::table)
        .containsExactlyInAnyOrder(
            new TableName("public", "metrics"),
            new TableName("public", "visits"),
            new TableName("public", "epochs"));
    assertThat(report.proposal().hypertables())
        .containsExactlyInAnyOrder(
            new Hypertable(new TableName("public", "metrics"), "ts", "28 days"),
            new Hypertable(new TableName("public", "epochs"), "at", "2419200000"));
    assertThat(report.candidates())
        .extracting(Candidate::reason)
        .anyMatch(reason -> reason.contains("at (correlation 1.00), which counts milliseconds"));
    assertThat(report.proposal().clientMajor()).isEqualTo(15);
    assertThat(CheckFixture.of(report, "hypertable-candidate-impossible"))
        .extracting(Finding::cause)
        .allMatch(cause -> cause.contains("must hold the time column at"));
  }

  @Test
  void longTransaction_isNamed() throws Exception {
    try (Connection idle = source.connect();
        Statement statement = idle.createStatement();
        Server server =
            new Server(
                Side.SOURCE,
                source.address(),
                source::password,
                folder.resolve("runtime"),
                new Cancellation());
        Session session = server.connect("test")) {
      idle.setAutoCommit(false);
      statement.execute("set application_name = 'forgotten'; select 1");
      Findings findings = new Findings();
      new ActivityChecks(session, findings).longTransactions(Duration.ZERO);
      assertThat(findings.of(Severity.WARNING))
          .extracting(Finding::code, finding -> finding.subject().contains("forgotten"))
          .contains(tuple("long-transaction", true));
    }
  }

  @Test
  void nothingIsLeftBehindOnThisMachine() {
    assertThat(Files.exists(folder.resolve("state"))).isFalse();
    assertThat(Files.exists(folder.resolve("dump"))).isFalse();
  }
}
