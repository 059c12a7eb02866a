package dev.tsferry.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tsferry.cli.fake.CommandRunner;
import dev.tsferry.cli.fake.CommandRunner.Outcome;
import dev.tsferry.cli.fake.PollAnswer;
import dev.tsferry.cli.host.HostPreparation;
import dev.tsferry.plan.PlanFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** New passwords through the host: what is sent, and what never is. */
class PasswordsCommandTest {
  private static final String LISTED =
      "{\"passwords\":{\"version\":1,\"roles\":[\"alice\",\"bob\\u001b\"],\"given\":[],\"refused\":[]}}";
  private static final String GIVEN =
      "{\"passwords\":{\"version\":1,\"roles\":[\"alice\"],\"given\":[\"alice\"],"
          + "\"refused\":[{\"role\":\"boss\",\"reason\":\"permission denied\"}]}}";

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
        .answer("task-poll.sh", "inactive\nanswered\n");
  }

  @Test
  void passwords_withoutOptions_listsRolesAndSendsNothing() {
    answered(LISTED);
    Outcome outcome = tsferry.run("passwords");

    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out()).startsWith("2 roles with LOGIN").contains("  alice\n  bob?\n");
    assertThat(tsferry.account.beside).isEmpty();
  }

  @Test
  void passwords_ofStandardInput_sendVerifiersOnly_andRemoveThemAfterwards() {
    answered(GIVEN);
    tsferry.prompt.answer = "alice\thunter2\nboss\tswordfish";
    Outcome outcome = tsferry.run("passwords", "--file", "-");

    assertThat(outcome.exitCode()).as("one was refused").isEqualTo(7);
    assertThat(outcome.out())
        .contains("new passwords: 1 role\n")
        .contains("boss was refused: permission denied");
    assertThat(tsferry.account.beside).hasSize(2);
    assertThat(tsferry.account.beside.get(0))
        .startsWith("tsferry-role-passwords {\"roles\":[{\"role\":\"alice\"")
        .contains("SCRAM-SHA-256$4096:");
    assertThat(tsferry.account.beside.get(1)).isEqualTo("tsferry-role-passwords {\"roles\":[]}");
    assertThat(List.of(outcome.out(), outcome.err(), tsferry.account.beside.toString()))
        .noneMatch(text -> text.contains("hunter2") || text.contains("swordfish"));
    assertThat(tsferry.account.commands.scripts())
        .noneMatch(s -> s.contains("hunter2") || s.contains("SCRAM-SHA"))
        .anyMatch(s -> s.contains("TASK='passwords'\nTASK_OPTION='--set'"));
  }

  @Test
  void passwords_generated_areInAFileOfTheOwners_evenIfSettingThemFails() throws IOException {
    answered(LISTED);
    answered(
        "{\"failure\":{\"code\":\"TARGET_UNREACHABLE\",\"message\":\"no answer\",\"hints\":[]}}");
    Path file = directory.resolve("new.tsv");
    Outcome outcome = tsferry.run("passwords", "--generate", file.toString(), "--role", "alice");

    assertThat(outcome.exitCode()).isEqualTo(7);
    assertThat(Files.readString(file)).matches("alice\t[A-Za-z0-9_-]{32}\n");
    assertThat(outcome.err()).contains("should this be interrupted: tsferry passwords --file");
    assertThat(tsferry.account.beside).last().asString().endsWith("{\"roles\":[]}");
    assertThat(tsferry.run("passwords", "--generate", file.toString()).err())
        .contains("there is a file");
  }

  @Test
  void passwords_script_hasVerifiersAndIsTheOwners() throws IOException {
    Path script = directory.resolve("roles.sql");
    tsferry.prompt.answer = "O'Brien \"x\"\thunter2";
    Outcome outcome = tsferry.run("passwords", "--file", "-", "--script", script.toString());

    assertThat(outcome.exitCode()).isZero();
    assertThat(Files.readString(script))
        .startsWith("ALTER ROLE \"O'Brien \"\"x\"\"\" PASSWORD 'SCRAM-SHA-256$4096:")
        .doesNotContain("hunter2");
    assertThat(tsferry.account.commands.scripts()).isEmpty();
  }

  @Test
  void passwords_optionsThatMakeNoSense_areUsageErrors() {
    assertThat(tsferry.run("passwords", "--file", "-", "--generate", "x").exitCode()).isEqualTo(2);
    assertThat(tsferry.run("passwords", "--script", "x").exitCode()).isEqualTo(2);
    assertThat(tsferry.run("passwords", "--role", "x").exitCode()).isEqualTo(2);
  }

  private void answered(String answer) {
    String packed = PollAnswer.packed(answer);
    tsferry.account.commands.answer("fetch.sh", packed.length() + "\n" + packed + "\n");
  }
}
