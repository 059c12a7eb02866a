package dev.tsferry.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tsferry.cli.fake.CommandRunner;
import dev.tsferry.cli.fake.CommandRunner.Outcome;
import dev.tsferry.cli.fake.PollAnswer;
import dev.tsferry.cli.host.HostPreparation;
import dev.tsferry.plan.Hypertable;
import dev.tsferry.plan.MigrationPlan;
import dev.tsferry.plan.PlanFile;
import dev.tsferry.plan.TableName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** check, rollback and what status does after a run that died. */
class TaskCommandsTest {
  private static final String CHECK =
      """
      {"check":{"version":1,"name":"orders-db","at":"2026-11-20T10:00:00Z",
        "source":{"host":"s","port":5432,"database":"orders","serverVersion":"15.18"},
        "target":{"host":"t","port":5432,"database":"tsdb","serverVersion":"17.6","timescaledbVersion":"2.19.3"},
        "findings":[
          {"severity":"info","code":"size","subject":"source","cause":"1 GiB","remedy":""},
          {"severity":"error","code":"missing-select","error":"SOURCE_UNSUITABLE","subject":"shop.orders",
           "cause":"the source's user may not read shop.orders","remedy":"GRANT SELECT ON TABLE shop.orders TO x;"}],
        "candidates":[{"hypertable":{"table":{"schema":"Odd","name":"metrics"},"timeColumn":"ts","chunkInterval":"1 day"},
                       "reason":"it grows"}],
        "proposal":{"dataMode":"stream","hypertables":[{"table":{"schema":"Odd","name":"metrics"},"timeColumn":"ts","chunkInterval":"1 day"}],
                    "roles":true,"verify":"full","clientMajor":16,"acknowledgeSize":false}}}
      """;
  private static final String SHOWN =
      """
      {"rollback":{"version":1,"run":"orders-db","done":false,"drops":["schema shop"],
        "undoes":["ALTER DATABASE orders RESET default_transaction_read_only"],"kept":["table public.mine"],"left":[]}}
      """;

  private static final String COMPARISON =
      """
      {"comparison":{"version":1,
        "source":{"host":"s","port":5432,"database":"orders","serverVersion":"15.18"},
        "target":{"host":"t","port":5432,"database":"tsdb","serverVersion":"17.6"},
        "objects":7,
        "differences":[{"kind":"index","object":"shop.orders_at_idx","detail":"missing on the target","class":"WRONG"}]}}
      """;

  @TempDir Path directory;
  private CommandRunner tsferry;

  @BeforeEach
  void start() {
    tsferry = new CommandRunner(directory).planned();
    tsferry.account.deployed();
    tsferry.account.secrets.put("arn:target", "set");
    String prepared = HostPreparation.fingerprint(PlanFile.read(tsferry.plan()));
    tsferry
        .account
        .commands
        .answer("poll.sh", PollAnswer.inactive().prepared(prepared).text())
        .answer("push.sh", "started\n")
        .answer("task-poll.sh", "active\nsilent\n", "inactive\nanswered\n");
  }

  private void answered(String answer) {
    String packed = PollAnswer.packed(answer);
    tsferry.account.commands.answer("fetch.sh", packed.length() + "\n" + packed + "\n");
  }

  @Test
  void check_onTheHost_printsErrorsFirst_andExitsWithTheWorst() {
    answered(CHECK);
    Outcome outcome = tsferry.run("check");

    assertThat(outcome.exitCode()).isEqualTo(6);
    assertThat(outcome.out())
        .isEqualTo(
            """
            source  s:5432/orders, PostgreSQL 15.18
            target  t:5432/tsdb, PostgreSQL 17.6, TimescaleDB 2.19.3

            error    missing-select               shop.orders
                     the source's user may not read shop.orders
                     -> GRANT SELECT ON TABLE shop.orders TO x;
            info     size                         source
                     1 GiB

            proposed hypertables ("tsferry check --accept" writes them into the plan):
              --hypertable '"Odd".metrics:ts:1 day'

            proposed client programs: PostgreSQL 16
            1 error, 0 warnings, 1 note
            """);
    assertThat(tsferry.account.commands.names())
        .containsExactly("poll.sh", "push.sh", "task-poll.sh", "task-poll.sh", "fetch.sh");
    assertThat(tsferry.account.commands.scripts().get(1)).contains("TASK='check'");
  }

  @Test
  void check_json_isOneDocument() throws Exception {
    answered(CHECK);
    Outcome outcome = tsferry.run("check", "--json");

    JsonNode document = new ObjectMapper().readTree(outcome.out());
    assertThat(document.get("version").asInt()).isEqualTo(1);
    assertThat(document.get("findings").get(0).get("severity").asText()).isEqualTo("error");
  }

  @Test
  void check_accept_writesThePipelineAndNothingElse() {
    answered(CHECK);
    MigrationPlan before = PlanFile.read(tsferry.plan());
    tsferry.run("check", "--accept");

    MigrationPlan after = PlanFile.read(tsferry.plan());
    assertThat(after.pipeline().hypertables())
        .containsExactly(new Hypertable(new TableName("Odd", "metrics"), "ts", "1 day"));
    assertThat(after.pipeline().clientMajor()).isEqualTo(16);
    assertThat(after.with(before.pipeline())).isEqualTo(before);
  }

  @Test
  void check_failureOfTheTask_isTheCommandsOwn() {
    answered(
        "{\"failure\":{\"code\":\"SECRET_NOT_SET\",\"message\":\"the secret is empty\",\"hints\":[\"set it\"]}}");
    Outcome outcome = tsferry.run("check");

    assertThat(outcome.exitCode()).isEqualTo(10);
    assertThat(outcome.err()).contains("error: the secret is empty\nhint: set it\n");
  }

  @Test
  void check_localWithAccept_isRefused() {
    Outcome outcome = tsferry.runPlainly("check", "--local", "--accept");
    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err()).contains("with --local there is no plan to write to");
  }

  @Test
  void compare_onTheHost_printsWhatIsWrong_andExitsWithNine() {
    answered(COMPARISON);
    Outcome outcome = tsferry.run("compare");

    assertThat(outcome.exitCode()).isEqualTo(9);
    assertThat(outcome.out())
        .startsWith("7 objects of orders on PostgreSQL 15.18, tsdb on PostgreSQL 17.6\n")
        .contains("shop.orders_at_idx")
        .contains("missing on the target");
    assertThat(tsferry.account.commands.scripts()).anyMatch(s -> s.contains("TASK='compare'"));
  }

  @Test
  void compare_whileARunIsActive_looksAllTheSame() {
    CommandRunner other = new CommandRunner(directory).planned("--force");
    other.account.deployed();
    other.account.secrets.put("arn:target", "set");
    String prepared = HostPreparation.fingerprint(PlanFile.read(other.plan()));
    String packed = PollAnswer.packed(COMPARISON);
    other
        .account
        .commands
        .answer("poll.sh", PollAnswer.active().prepared(prepared).text())
        .answer("push.sh", "started\n")
        .answer("task-poll.sh", "inactive\nanswered\n")
        .answer("fetch.sh", packed.length() + "\n" + packed + "\n");

    assertThat(other.run("compare").exitCode()).isEqualTo(9);
    // What only looks undoes nothing that the run beside it has changed.
    assertThat(other.account.commands.scripts().get(1))
        .contains("case $subcommand in run | rollback | undo) ;; *) undo=/bin/true ;; esac");
  }

  @Test
  void dryRun_onTheHost_printsWhereEachCommandGoes() {
    answered(
        """
        {"preview":{"version":1,"name":"orders-db",
          "check":{"version":1,"name":"orders-db","at":"2026-11-20T10:00:00Z","findings":[],"candidates":[]},
          "steps":[{"step":"dump","title":"dump the source","note":"to a file",
            "commands":[{"where":"host","text":"pg_dump --section=data"},
                        {"where":"source","text":"LOCK TABLE x\\u001b\\nIN SHARE MODE"}]}]}}
        """);
    Outcome outcome = tsferry.run("run", "--dry-run");

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out())
        .endsWith(
            """
            dump: dump the source
              (to a file)
              host    pg_dump --section=data
              source  LOCK TABLE x?
                      IN SHARE MODE

            dry run: 2 commands and statements in 1 step; nothing was written
            """);
    assertThat(tsferry.account.commands.scripts()).anyMatch(s -> s.contains("TASK='dry-run'"));
    assertThat(tsferry.run("run", "--json").exitCode()).isEqualTo(2);
  }

  @Test
  void rollback_offATerminal_needsYes() {
    answered(SHOWN);
    Outcome outcome = tsferry.run("rollback");

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.out())
        .contains("to be dropped from the target:\n  schema shop\n")
        .contains("since the run did not create it:\n  table public.mine\n")
        .contains("ALTER DATABASE orders RESET default_transaction_read_only");
    assertThat(outcome.err()).contains("nobody is there to ask\nhint: add --yes\n");
    assertThat(tsferry.account.commands.scripts()).noneMatch(s -> s.contains("'--yes'"));
  }

  @Test
  void rollback_yes_showsAndDoes() {
    answered(SHOWN);
    answered(SHOWN.replace("\"done\":false", "\"done\":true"));
    tsferry.account.commands.answer("task-poll.sh", "inactive\nanswered\n");
    Outcome outcome = tsferry.run("rollback", "--yes");

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out()).endsWith("orders-db is rolled back\n");
    assertThat(tsferry.account.commands.scripts())
        .anyMatch(s -> s.contains("TASK='rollback'\nTASK_OPTION='--yes'"));
  }

  @Test
  void rollback_finished_isToldToTheHost() {
    answered(SHOWN);
    answered(SHOWN.replace("\"done\":false", "\"done\":true"));
    tsferry.account.commands.answer("task-poll.sh", "inactive\nanswered\n");
    Outcome outcome = tsferry.run("rollback", "--finished", "--yes");

    assertThat(outcome.exitCode()).isZero();
    assertThat(tsferry.account.commands.scripts())
        .anyMatch(s -> s.contains("TASK='rollback'\nTASK_OPTION='--finished'"))
        .anyMatch(s -> s.contains("TASK='rollback'\nTASK_OPTION='--yes --finished'"));
  }

  @Test
  void status_localOfDatabasesThatAreNotThere_showsTheStateAndSaysSo() throws IOException {
    Path state = Files.createDirectories(directory.resolve("state"));
    tsferry.environment.put("SOURCE", "postgres://u:p@localhost:1/orders");
    tsferry.environment.put("TARGET", "postgres://u:p@localhost:1/tsdb?sslmode=disable");
    tsferry.environment.put("PATH", "/nowhere");
    Outcome outcome =
        tsferry.runPlainly("status", "--local", "--client-major=15", "--state=" + state);

    assertThat(outcome.exitCode()).isEqualTo(7);
    assertThat(outcome.out()).startsWith("migration   orders\nrun         none was started\n");
    assertThat(outcome.err())
        .contains("the databases could not be asked: connecting to the target");
  }

  @Test
  void rollback_wrongName_changesNothing() {
    answered(SHOWN);
    tsferry.prompt.interactive = true;
    tsferry.prompt.answer = "no";
    Outcome outcome = tsferry.run("rollback");

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err()).contains("not confirmed, nothing was changed");
  }

  @Test
  void rollback_nothingThere_isDone() {
    answered(
        "{\"rollback\":{\"version\":1,\"run\":\"\",\"done\":false,\"drops\":[],\"undoes\":[],\"kept\":[],\"left\":[]}}");
    Outcome outcome = tsferry.run("rollback");
    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out()).startsWith("nothing to roll back");
  }

  @Test
  void status_afterARunThatLeftTheSourceChanged_undoesIt() {
    CommandRunner other = new CommandRunner(directory).planned("--force");
    other.account.deployed();
    other.account.secrets.put("arn:target", "set");
    String prepared = HostPreparation.fingerprint(PlanFile.read(other.plan()));
    String undone = PollAnswer.packed("{\"undone\":[\"ALTER DATABASE orders RESET something\"]}");
    other
        .account
        .commands
        .answer(
            "poll.sh",
            PollAnswer.inactive()
                .prepared(prepared)
                .changed("ALTER DATABASE orders SET something = on")
                .state(1, "RUNNING", 2, "")
                .text())
        .answer("push.sh", "started\n")
        .answer("task-poll.sh", "inactive\nanswered\n")
        .answer("fetch.sh", undone.length() + "\n" + undone + "\n");

    Outcome outcome = other.run("status");

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.err())
        .contains("the run ended without undoing what it changed for its own time; undoing it")
        .contains("undone: ALTER DATABASE orders RESET something");
    assertThat(other.account.commands.scripts()).anyMatch(s -> s.contains("TASK='undo'"));
  }
}
