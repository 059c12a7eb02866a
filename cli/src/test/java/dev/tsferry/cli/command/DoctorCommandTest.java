package dev.tsferry.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tsferry.cli.fake.CommandRunner;
import dev.tsferry.cli.fake.CommandRunner.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorCommandTest {
  @TempDir Path directory;
  private CommandRunner tsferry;

  @BeforeEach
  void start() {
    tsferry = new CommandRunner(directory);
  }

  @Test
  void doctor_everythingFit_saysWhoAndWhere() {
    tsferry.planned();

    Outcome outcome = tsferry.run("doctor");

    assertThat(outcome.exitCode()).as(outcome.out()).isZero();
    assertThat(outcome.out())
        .contains("ok       java")
        .contains("ok       cdk             cdk says hello")
        .contains(
            "ok       credentials     arn:aws:iam::123456789012:user/me, account 123456789012, region eu-west-1")
        .contains("ok       clock           0 s ahead of AWS's")
        .contains("ok       rds             1 databases")
        .contains("ok       cloudformation  no stack tsferry-orders-db")
        .doesNotContain("error");
  }

  @Test
  void doctor_severalThingsWrong_findsEach() throws IOException {
    tsferry.planned();
    tsferry.cdkExitCode = 1;
    tsferry.account.account = "999999999999";
    tsferry.account.clockAhead = Duration.ofMinutes(-6);
    tsferry.account.network.denied.add("ec2:DescribeRouteTables");
    Files.delete(directory.resolve("runner/target/tsferry-runner.jar"));

    Outcome outcome = tsferry.run("doctor");

    assertThat(outcome.exitCode()).isEqualTo(8);
    assertThat(outcome.out())
        .contains("error    cdk             running cdk: it ended with 1: cdk says hello")
        .contains("error    runner")
        .contains("error    clock           360 s behind AWS's; AWS refuses")
        .contains("error    plan's account  the plan is for account 123456789012")
        .contains("AWS denied ec2:DescribeRouteTables")
        .contains("hint: allow ec2:DescribeRouteTables");
  }

  @Test
  void doctor_json_isOneDocument() throws IOException {
    Files.writeString(tsferry.plan(), "{");

    Outcome outcome = tsferry.run("doctor", "--json");

    JsonNode document = new ObjectMapper().readTree(outcome.out());
    assertThat(document.get("version").asInt()).isEqualTo(1);
    assertThat(document.get("checks"))
        .anyMatch(
            check ->
                check.get("check").asText().equals("plan")
                    && check.get("verdict").asText().equals("error"));
    assertThat(outcome.exitCode()).isEqualTo(3);
  }
}
