package dev.tsferry.lab.aws;

import static dev.tsferry.lab.aws.TestAccount.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.CommandInvocationStatus;
import software.amazon.awssdk.services.ssm.model.DocumentType;
import software.amazon.awssdk.services.ssm.model.GetCommandInvocationResponse;
import software.amazon.awssdk.services.ssm.model.InvalidDocumentException;
import software.amazon.awssdk.services.ssm.model.InvalidInstanceIdException;
import software.amazon.awssdk.services.ssm.model.InvalidParametersException;
import software.amazon.awssdk.services.ssm.model.InvocationDoesNotExistException;

/** The lab's Run Command behaves as AWS's does, in what a migration relies on or stumbles over. */
@NotOnLocalStack
@InEmulatedAccount
@TestInstance(Lifecycle.PER_CLASS)
class RunCommandIT {
  private static final String DOCUMENT =
      """
      {"schemaVersion": "2.2",
       "parameters": {
         "script": {"type": "String", "allowedPattern": "^[A-Za-z0-9+/=]*$"},
         "executionTimeout": {"type": "String", "default": "60"}},
       "mainSteps": [{"action": "aws:runShellScript", "name": "script", "inputs": {
         "timeoutSeconds": "{{ executionTimeout }}",
         "runCommand": ["#!/bin/bash", "base64 -d <<<'{{ script }}' | bash -s"]}}]}
      """;

  private TestAccount account;
  private SsmClient ssm;
  private String host;

  @BeforeAll
  void startHost(TestAccount shared) {
    account = shared;
    ssm = account.ssm();
    host = account.startHost("#!/bin/sh\n");
    ssm.createDocument(
        r -> r.name("tsferry-it").documentType(DocumentType.COMMAND).content(DOCUMENT));
  }

  @Test
  void script_exitsWithZero_succeedsAsRootInShell() {
    GetCommandInvocationResponse ended =
        account.run(host, "id -un; ps -o comm= $$; echo $SSM_COMMAND_ID; echo oops >&2");

    assertThat(ended.statusAsString()).isEqualTo("Success");
    assertThat(ended.responseCode()).isZero();
    assertThat(ended.standardOutputContent()).isEqualTo("root\nsh\n" + ended.commandId() + "\n");
    assertThat(ended.standardErrorContent()).isEqualTo("oops\n");
  }

  @Test
  void script_exitsWithThree_fails() {
    GetCommandInvocationResponse ended = account.run(host, "exit 3");

    assertThat(ended.statusAsString()).isEqualTo("Failed");
    assertThat(ended.responseCode()).isEqualTo(3);
  }

  @Test
  void script_exitsWith137_isReportedAsTimedOut() {
    GetCommandInvocationResponse ended = account.run(host, "exit 137");

    assertThat(ended.statusDetails()).isEqualTo("ExecutionTimedOut");
    assertThat(ended.responseCode()).isEqualTo(137);
  }

  @Test
  void script_exitsWith194_rebootsTheHostAndRunsAgain() {
    GetCommandInvocationResponse ended =
        account.run(
            host, "test -e /root/once && uptime -s && exit; touch /root/once /run/gone; exit 194");

    assertThat(ended.statusAsString()).isEqualTo("Success");
    assertThat(account.run(host, "ls /run/gone").statusAsString()).isEqualTo("Failed");
  }

  @Test
  void output_longerThanTheLimits_isCutToItsHead() {
    GetCommandInvocationResponse ended = account.run(host, "seq 100000; seq 100000 >&2");

    assertThat(ended.standardOutputContent())
        .hasSize(24_000)
        .startsWith("1\n2\n")
        .endsWith("--output truncated--");
    assertThat(ended.standardErrorContent()).hasSize(8_000).endsWith("--output truncated--");
  }

  @Test
  void invocation_rightAfterSending_doesNotExist() {
    String command = account.send(host, "true");

    assertThatThrownBy(() -> ssm.getCommandInvocation(r -> r.commandId(command).instanceId(host)))
        .isInstanceOf(InvocationDoesNotExistException.class);
    assertThat(account.end(host, command).statusAsString()).isEqualTo("Success");
  }

  @Test
  void output_whileTheScriptRuns_isEmpty() {
    String command = account.send(host, "echo early; until [ -e /tmp/on ]; do sleep 0.1; done");
    await("the start", Duration.ofSeconds(5), () -> isRunning(command));

    GetCommandInvocationResponse running = account.look(host, command).orElseThrow();
    account.run(host, "sleep 0.3; touch /tmp/on");

    assertThat(running.responseCode()).isEqualTo(-1);
    assertThat(running.standardOutputContent()).isEmpty();
    assertThat(account.end(host, command).standardOutputContent()).isEqualTo("early\n");
  }

  @Test
  void cancel_aRunningScript_killsItsProcessGroup() {
    String command = account.send(host, "trap '' TERM; sleep 998 & sleep 998; touch /tmp/survived");
    await("the start", Duration.ofSeconds(5), () -> isRunning(command));

    ssm.cancelCommand(r -> r.commandId(command));

    assertThat(account.end(host, command).statusAsString()).isEqualTo("Cancelled");
    assertThat(account.run(host, "ls /tmp/survived; pgrep -x sleep -a").standardOutputContent())
        .doesNotContain("998");
  }

  @Test
  void script_longerThanItsTimeout_isKilled() {
    String command =
        account.send(
            host, Map.of("commands", List.of("sleep 60"), "executionTimeout", List.of("5")));

    GetCommandInvocationResponse ended = account.end(host, command);

    assertThat(ended.statusAsString()).isEqualTo("TimedOut");
    assertThat(ended.statusDetails()).isEqualTo("ExecutionTimedOut");
    assertThat(ended.responseCode()).isEqualTo(137);
  }

  @Test
  void command_toALostAgent_isNeverDelivered() {
    String lost = account.startHost("#!/bin/sh\n");
    account.exec(lost, "systemctl", "stop", "lab-ssm-agent");
    String command =
        ssm.sendCommand(
                r ->
                    r.instanceIds(lost)
                        .documentName("AWS-RunShellScript")
                        .timeoutSeconds(30)
                        .parameters(Map.of("commands", List.of("touch /tmp/delivered"))))
            .command()
            .commandId();
    await(
        "the loss",
        Duration.ofSeconds(20),
        () -> account.ping(lost).filter("ConnectionLost"::equals).isPresent());

    assertThat(account.end(lost, command).statusDetails()).isEqualTo("DeliveryTimedOut");
    account.exec(lost, "systemctl", "start", "lab-ssm-agent");
    assertThat(account.run(lost, "ls /tmp/delivered").statusAsString()).isEqualTo("Failed");
  }

  @Test
  void command_toAnUnknownInstance_isRefused() {
    assertThatThrownBy(() -> account.send("i-0123456789abcdef0", "true"))
        .isInstanceOf(InvalidInstanceIdException.class);
  }

  @Test
  void command_ofAnUnknownDocument_isRefused() {
    assertThatThrownBy(() -> ssm.sendCommand(r -> r.instanceIds(host).documentName("nothing")))
        .isInstanceOf(InvalidDocumentException.class);
  }

  @Test
  void document_ofOnesOwn_runsWithItsParametersAndOnlyThose() {
    String script = Base64.getEncoder().encodeToString("echo $((6 * 7))".getBytes(UTF_8));

    assertThat(account.end(host, sendScript(script)).standardOutputContent()).isEqualTo("42\n");
    assertThatThrownBy(() -> sendScript("$(reboot)"))
        .isInstanceOf(InvalidParametersException.class);
  }

  @Test
  void unit_startedByACommand_outlivesIt() {
    account.run(host, "systemd-run --unit=long-work --property=Type=exec sleep 300");

    GetCommandInvocationResponse ended =
        account.run(host, "systemctl is-active long-work; systemctl stop long-work");

    assertThat(ended.standardOutputContent()).isEqualTo("active\n");
  }

  @Test
  void command_thatRunsWhileTheAgentRestarts_goesOnAndIsReported() {
    String command =
        account.send(host, "until [ -e /tmp/restarted ]; do sleep 0.1; done; echo still here");
    await("the start", Duration.ofSeconds(5), () -> isRunning(command));

    account.run(
        host, "systemd-run sh -c 'systemctl restart lab-ssm-agent && touch /tmp/restarted'");

    assertThat(account.end(host, command).standardOutputContent()).isEqualTo("still here\n");
  }

  @Test
  void commands_moreThanFive_waitForASlot() {
    List<String> commands = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      commands.add(account.send(host, "until [ -e /tmp/enough ]; do sleep 0.1; done"));
    }
    await(
        "five to run",
        Duration.ofSeconds(5),
        () -> commands.stream().filter(this::isRunning).count() == 5);

    ssm.cancelCommand(r -> r.commandId(commands.get(0)));

    await(
        "a sixth to run",
        Duration.ofSeconds(5),
        () -> commands.stream().skip(1).filter(this::isRunning).count() == 5);
    commands.forEach(command -> ssm.cancelCommand(r -> r.commandId(command)));
    commands.forEach(command -> account.end(host, command));
  }

  private String sendScript(String base64) {
    return ssm.sendCommand(
            r ->
                r.instanceIds(host)
                    .documentName("tsferry-it")
                    .parameters(Map.of("script", List.of(base64))))
        .command()
        .commandId();
  }

  private boolean isRunning(String command) {
    return account
        .look(host, command)
        .filter(invocation -> invocation.status() == CommandInvocationStatus.IN_PROGRESS)
        .isPresent();
  }
}
