package dev.tsferry.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tsferry.cli.fake.CommandRunner;
import dev.tsferry.cli.fake.CommandRunner.Outcome;
import dev.tsferry.cli.fake.PollAnswer;
import dev.tsferry.cli.host.HostPreparation;
import dev.tsferry.plan.PlanFile;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that are started or followed, and how they end. */
class RunCommandTest {
  private static final String REPORT =
      """
      {"version":1,"run":"orders-db","startedAt":"2026-11-20T10:00:00Z",
       "finishedAt":"2026-11-20T10:01:30Z",
       "source":{"host":"s","port":5432,"database":"orders","serverVersion":"15.18"},
       "target":{"host":"t","port":5432,"database":"tsdb","serverVersion":"17.6"},
       "complete":true,
       "steps":[{"step":"data","millis":65000,"skipped":false}],
       "tables":[{"schema":"public","table":"metrics","sourceRows":2000000,"targetRows":2000000,
                  "hypertable":true,"chunks":14}],
       "changes":[],"notices":[]}
      """;

  @TempDir Path directory;
  private CommandRunner tsferry;
  private String prepared;

  @BeforeEach
  void start() {
    tsferry = new CommandRunner(directory).planned();
    tsferry.account.deployed();
    tsferry.account.secrets.put("arn:target", "set");
    prepared = HostPreparation.fingerprint(PlanFile.read(tsferry.plan()));
  }

  private String idle() {
    return PollAnswer.inactive().prepared(prepared).text();
  }

  private static String succeeded() {
    return PollAnswer.inactive()
        .step(1, "preflight")
        .event(2, "{\"type\":\"run-finished\",\"exitCode\":0,\"summary\":\"all there\"}")
        .state(1, "SUCCEEDED", 2, ",\"exitCode\":0")
        .text();
  }

  private void reportIsThere() {
    String packed = PollAnswer.packed(REPORT);
    tsferry.account.commands.answer("fetch.sh", packed.length() + "\n" + packed + "\n", "0\n");
  }

  @Test
  void run_readyHost_pushesStartsFollowsAndReports() {
    tsferry.account.commands.answer("poll.sh", idle(), succeeded()).answer("push.sh", "started\n");
    reportIsThere();

    Outcome outcome = tsferry.run("run");

    assertThat(outcome.err())
        .isEqualTo(
            """
            migration orders-db, account 123456789012, region eu-west-1
            the run is started on the host i-0abc
            10:00:01 preflight    t
            10:00:02 the run ended: all there
            report: %s
            next: tsferry down --plan %s
            """
                .formatted(directory.resolve("orders-db-report.json"), tsferry.plan()));
    assertThat(outcome.out())
        .contains("public.metrics       2,000,000       2,000,000  yes            14")
        .contains("data            1 min 5 s")
        .endsWith("every table holds the same number of rows on both sides\n");
    assertThat(outcome.exitCode()).isZero();
    assertThat(tsferry.account.commands.names())
        .containsExactly("poll.sh", "push.sh", "poll.sh", "fetch.sh", "fetch.sh");
    assertThat(tsferry.account.objects).isEmpty();
    assertThat(directory.resolve("orders-db-report.json")).exists();
  }

  @Test
  void run_bigReport_isFetchedInParts() {
    String packed = PollAnswer.packed(REPORT);
    tsferry.account.commands.answer("poll.sh", idle(), succeeded()).answer("push.sh", "started\n");
    tsferry.account.commands.answer(
        "fetch.sh",
        packed.length() + "\n" + packed.substring(0, 100) + "\n",
        packed.length() + "\n" + packed.substring(100) + "\n",
        "0\n");

    assertThat(tsferry.run("run").exitCode()).isZero();
    assertThat(tsferry.account.commands.scripts().get(4)).contains("OFFSET='100'");
  }

  @Test
  void run_handedOver_keepsTheScriptNextToTheReport() {
    String packed = PollAnswer.packed(REPORT);
    String script = PollAnswer.packed("GRANT pg_read_all_data TO \"nightly\";\n");
    tsferry.account.commands.answer("poll.sh", idle(), succeeded()).answer("push.sh", "started\n");
    tsferry.account.commands.answer(
        "fetch.sh", packed.length() + "\n" + packed + "\n", script.length() + "\n" + script + "\n");

    Outcome outcome = tsferry.run("run");

    assertThat(outcome.exitCode()).isZero();
    assertThat(directory.resolve("orders-db-handover.sql"))
        .hasContent("GRANT pg_read_all_data TO \"nightly\";\n");
    assertThat(outcome.err()).contains("handover: " + directory.resolve("orders-db-handover.sql"));
  }

  @Test
  void run_neverSendsASecretOrMoreThanACommandCarries() {
    tsferry.account.commands.answer("poll.sh", idle(), succeeded()).answer("push.sh", "started\n");
    reportIsThere();
    tsferry.run("run");

    assertThat(tsferry.account.commands.scripts())
        .allSatisfy(script -> assertThat(script.length()).isLessThan(45_000))
        .noneSatisfy(script -> assertThat(script).contains("password"));
  }

  @Test
  void run_activeRun_isFollowedInsteadOfStarted() {
    tsferry.account.commands.answer(
        "poll.sh",
        PollAnswer.active().state(1, "RUNNING", 0, "").text(),
        PollAnswer.active().step(1, "preflight").state(1, "RUNNING", 1, "").text(),
        succeeded());
    reportIsThere();

    Outcome outcome = tsferry.run("run");

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.err()).contains("a run is active on the host: following that one\n");
    assertThat(tsferry.account.commands.names()).doesNotContain("push.sh");
    assertThat(tsferry.account.uploads).isZero();
  }

  @Test
  void run_unpreparedHost_isPreparedLineByLine() {
    tsferry
        .account
        .commands
        .answer("poll.sh", PollAnswer.inactive().text(), succeeded())
        .answer("prepare-start.sh", "started\n")
        .answer(
            "prepare-poll.sh",
            "active\n\nJava ...\n",
            "inactive\n%s\nJava: done in 7 s (17)\n".formatted(prepared))
        .answer("push.sh", "started\n");
    reportIsThere();

    Outcome outcome = tsferry.run("run");

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.err()).contains("host: Java ...\nhost: Java: done in 7 s (17)\n");
    assertThat(tsferry.account.commands.scripts().get(3)).contains("AFTER='1'");
  }

  @Test
  void run_preparationFails_showsWhatTheToolsSaid() {
    tsferry
        .account
        .commands
        .answer("poll.sh", PollAnswer.inactive().text())
        .answer("prepare-start.sh", "started\n")
        .answer("prepare-poll.sh", "inactive\n\nJava: failed after 3 s\n", "inactive\n\n")
        .answer("prepare-why.sh", "E: no such package\n");

    Outcome outcome = tsferry.run("run");

    assertThat(outcome.exitCode()).isEqualTo(5);
    assertThat(outcome.err())
        .endsWith(
            """
            host: Java: failed after 3 s
            error: preparing the host i-0abc failed at the step above; its tools said:
              E: no such package
            hint: repeat the command: what was done is not done again
            """);
  }

  @Test
  void run_failedRun_endsWithItsWordsAndExitCode() {
    tsferry
        .account
        .commands
        .answer(
            "poll.sh",
            idle(),
            PollAnswer.inactive()
                .state(
                    1,
                    "FAILED",
                    0,
                    ",\"exitCode\":7,\"failure\":{\"code\":\"TARGET_NOT_EMPTY\",\"message\":\"checking the target: it holds 3 tables\",\"hints\":[\"make a new service\"]}")
                .text())
        .answer("push.sh", "started\n");

    Outcome outcome = tsferry.run("run");

    assertThat(outcome.exitCode()).isEqualTo(7);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err())
        .endsWith(
            """
            error: checking the target: it holds 3 tables
            hint: make a new service
            log: /var/lib/tsferry/runner.log on the host i-0abc
            next: "tsferry run --plan %s" takes it up again
            """
                .formatted(tsferry.plan()));
  }

  @Test
  void run_afterADeadRun_takesItUpAgainFromItsLastEvent() {
    tsferry
        .account
        .commands
        .answer(
            "poll.sh",
            PollAnswer.inactive().prepared(prepared).state(1, "RUNNING", 5, "").text(),
            PollAnswer.inactive()
                .step(6, "data")
                .state(2, "SUCCEEDED", 6, ",\"exitCode\":0")
                .text())
        .answer("push.sh", "started\n");
    reportIsThere();

    Outcome outcome = tsferry.run("run");

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.err()).contains("the last run died; taking it up where it was\n");
    assertThat(tsferry.account.commands.scripts().get(2)).contains("AFTER='5'");
  }

  @Test
  void run_runnerThatNeverStarted_showsWhatItSaid() {
    tsferry
        .account
        .commands
        .answer("poll.sh", idle(), PollAnswer.inactive().said("java: not found").text())
        .answer("push.sh", "started\n");

    Outcome outcome = tsferry.run("run");

    assertThat(outcome.exitCode()).isEqualTo(5);
    assertThat(outcome.err())
        .contains(
            "error: following the run: the runner died without a word on how it ended; it said:\n  java: not found\n");
  }

  @Test
  void run_detached_returnsOnceStarted() {
    tsferry.account.commands.answer("poll.sh", idle()).answer("push.sh", "started\n");

    Outcome outcome = tsferry.run("run", "--detach");

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out())
        .isEqualTo("next: tsferry follow --plan %s\n".formatted(tsferry.plan()));
  }

  @Test
  void follow_json_printsOneEventALineAndNothingElse() throws Exception {
    tsferry.account.commands.answer("poll.sh", succeeded());
    reportIsThere();

    Outcome outcome = tsferry.run("follow", "--json");

    List<String> lines = outcome.out().lines().toList();
    assertThat(lines).hasSize(2);
    assertThat(
            new com.fasterxml.jackson.databind.ObjectMapper()
                .readTree(lines.get(0))
                .get("seq")
                .asInt())
        .isEqualTo(1);
    assertThat(lines.get(1)).contains("\"type\":\"run-finished\"");
    assertThat(directory.resolve("orders-db-report.json")).exists();
    assertThat(outcome.exitCode()).isZero();
  }

  @Test
  void run_quiet_saysNothingButTheResult() {
    tsferry.account.commands.answer("poll.sh", idle(), succeeded()).answer("push.sh", "started\n");
    reportIsThere();

    Outcome outcome = tsferry.run("run", "--quiet");

    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.out()).contains("every table holds the same number of rows on both sides");
  }
}
