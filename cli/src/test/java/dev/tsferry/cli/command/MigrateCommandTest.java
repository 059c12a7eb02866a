package dev.tsferry.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tsferry.cli.fake.CommandRunner;
import dev.tsferry.cli.fake.CommandRunner.Outcome;
import dev.tsferry.cli.fake.PollAnswer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MigrateCommandTest {
  private static final String REPORT =
      """
      {"version":1,"run":"orders-db","startedAt":"2026-11-20T10:00:00Z",
       "finishedAt":"2026-11-20T10:01:30Z",
       "source":{"host":"s","port":1,"database":"d"},"target":{"host":"t","port":1,"database":"d"},
       "complete":true,"steps":[],"tables":[],"changes":[],"notices":[]}
      """;

  private static final String CHECK =
      """
      {"check":{"version":1,"name":"orders-db","at":"2026-11-20T10:00:00Z",
        "source":{"host":"s","port":5432,"database":"orders","serverVersion":"15.18"},
        "target":{"host":"t","port":5432,"database":"tsdb","serverVersion":"17.6"},
        "findings":[{"code":"missing-select","severity":"%s",%s"subject":"shop.orders",
           "cause":"the source's user may not read shop.orders","remedy":"GRANT SELECT"}],
        "candidates":[]}}
      """;

  @TempDir Path directory;
  private CommandRunner tsferry;

  @BeforeEach
  void start() throws IOException {
    tsferry = new CommandRunner(directory);
    Files.writeString(directory.resolve("password"), "s3cret\n");
    tsferry.onCdk =
        () -> {
          if (tsferry.cdk.size() == 1) {
            tsferry.account.deployed();
          } else {
            tsferry.account.stack = Optional.empty();
          }
        };
    tsferry.account.commands.answer("prepare-start.sh", "prepared").answer("push.sh", "started");
    tsferry.account.commands.answer("task-poll.sh", "inactive\nanswered\n");
  }

  private void fetches(String... documents) {
    for (String document : documents) {
      String packed = PollAnswer.packed(document);
      tsferry.account.commands.answer("fetch.sh", packed.length() + "\n" + packed);
    }
  }

  private Outcome migrate(String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "migrate",
                "--rds=orders-db",
                "--target-host=t",
                "--target-port=1",
                "--target-password-file=" + directory.resolve("password")));
    arguments.addAll(List.of(more));
    return tsferry.run(arguments.toArray(String[]::new));
  }

  @Test
  void migrate_doesItAllAndLeavesNothing() {
    tsferry.account.commands.answer(
        "poll.sh",
        PollAnswer.inactive().text(),
        PollAnswer.inactive().text(),
        PollAnswer.inactive().state(1, "SUCCEEDED", 0, ",\"exitCode\":0").text());
    fetches(CHECK.formatted("warning", ""), REPORT);

    Outcome outcome = migrate();

    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    assertThat(tsferry.cdk)
        .extracting(line -> line.substring(0, line.indexOf(" ")))
        .containsExactly("deploy", "destroy");
    assertThat(tsferry.account.secrets).containsEntry("arn:target", "tsdbadmin/s3cret");
    assertThat(outcome.out()).endsWith("nothing of orders-db is left in account 123456789012\n");
    assertThat(outcome.out() + outcome.err()).doesNotContain("s3cret");
  }

  @Test
  void migrate_failedRun_keepsTheStackAndSaysHowToGoOn() {
    tsferry.account.commands.answer(
        "poll.sh",
        PollAnswer.inactive().text(),
        PollAnswer.inactive().state(1, "FAILED", 0, ",\"exitCode\":9").text());
    fetches(REPORT);

    Outcome outcome = migrate("--no-check");

    assertThat(outcome.exitCode()).isEqualTo(9);
    assertThat(tsferry.cdk).hasSize(1);
    assertThat(outcome.err())
        .contains("the stack tsferry-orders-db is kept, so that the run can be taken up again\n")
        .contains("next: \"tsferry run --plan %s\" goes on".formatted(tsferry.plan()));
  }

  @Test
  void migrate_checkFindsAnError_startsNoRunAndSaysHowToGoOn() {
    tsferry.account.commands.answer("poll.sh", PollAnswer.inactive().text());
    fetches(CHECK.formatted("error", "\"error\":\"SOURCE_UNSUITABLE\","));

    Outcome outcome = migrate();

    assertThat(outcome.exitCode()).isEqualTo(6);
    assertThat(outcome.out()).contains("the source's user may not read shop.orders");
    assertThat(tsferry.account.commands.names()).contains("push.sh").doesNotContain("start.sh");
    assertThat(outcome.err()).contains("next: \"tsferry run");
  }

  @Test
  void migrate_overADifferentPlan_isRefusedUnlessForced() {
    tsferry.planned("--target-user=other");

    assertThat(migrate().exitCode()).isEqualTo(10);
    tsferry.account.commands.answer("poll.sh", PollAnswer.inactive().text());
    fetches(CHECK.formatted("error", "\"error\":\"SOURCE_UNSUITABLE\","));
    assertThat(migrate("--force").exitCode()).isEqualTo(6);
  }
}
