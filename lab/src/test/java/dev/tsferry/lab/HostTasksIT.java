package dev.tsferry.lab;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tsferry.lab.aws.NotOnLocalStack;
import dev.tsferry.lab.database.RequiresContainerEngine;
import dev.tsferry.plan.MigrationPlan;
import dev.tsferry.plan.PlanFile;
import dev.tsferry.plan.Quiesce;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.DockerClientFactory;

/**
 * The runner's short tasks, through Run Command: a check before the run, and a rollback after one
 * that was killed while the source was read-only.
 */
@NotOnLocalStack
@RequiresContainerEngine
class HostTasksIT {
  private static final String LAB = "tasks";
  private static final int READINGS = 300_000;
  private static final String RUN_UNIT = "tsferry-run.service";

  @TempDir Path directory;
  private final ObjectMapper mapper = new ObjectMapper();
  private Lab lab;

  @BeforeEach
  void labUp() throws Exception {
    lab = new Lab(LAB, new LabFolder(directory));
    lab.up(READINGS);
  }

  @AfterEach
  void labDown() {
    lab.down();
  }

  @Test
  @Timeout(value = 20, unit = TimeUnit.MINUTES)
  void check_runThatIsKilled_rollback_allThroughTheHost() throws Exception {
    succeed(
        "plan --rds orders-db --name tasks --data-mode dump --target-host orders.tsdb.cloud.test --target-port 5432"
            + " --target-tls verify-full --target-ca target-ca.pem --source-ca source-ca.pem");
    succeed("up");
    setTargetPassword();

    JsonNode check = mapper.readTree(succeed("check --json"));
    assertThat(check.get("findings").toString())
        .contains("target-reached")
        .contains("hypertable-candidate");
    succeed("check --accept");
    Path planFile = directory.resolve("migration.json");
    MigrationPlan plan = PlanFile.read(planFile);
    assertThat(plan.pipeline().hypertables()).isNotEmpty();
    PlanFile.write(
        plan.with(plan.pipeline().with(new Quiesce(Quiesce.Mode.LOCK, true, false, false))),
        planFile);

    Process run = start("run");
    waitForStep("data", run);
    assertThat(onHost("test", "-e", "/var/lib/tsferry/in-force/source-read-only")).isZero();
    killRunnerOnHost();
    assertThat(run.waitFor()).as("the command says that the run died").isNotZero();
    waitUntilUndone();
    assertThat(succeed("status --json")).contains("\"died\"");

    assertThat(tsferry("rollback").code()).as("nobody is there to ask").isEqualTo(2);
    assertThat(succeed("rollback --yes")).contains("schema shop").contains("is rolled back");
    assertThat(succeed("rollback --yes")).contains("nothing to roll back");
    assertThat(mapper.readTree(succeed("check --json")).get("findings").toString())
        .as("the target is empty again")
        .doesNotContain("target-not-empty")
        .doesNotContain("source-read-only");
    succeed("run");
    assertThat(lab.compare()).isEmpty();
    compareAfterwards();
    passwordsAfterwards();
    succeed("down --yes");
  }

  private void compareAfterwards() throws Exception {
    assertThat(succeed("compare --rows"))
        .contains("objects of orders on PostgreSQL 15")
        .containsPattern("\\d rows of \\d+ tables compared");
    try (Connection source = lab.source();
        Statement statement = source.createStatement()) {
      statement.execute("create table shop.forgotten (x int)");
    }
    Ended differing = tsferry("compare");
    assertThat(differing.code()).isEqualTo(9);
    assertThat(differing.output()).contains("shop.forgotten").contains("missing on the target");
  }

  private void passwordsAfterwards() throws Exception {
    Path file = directory.resolve("passwords.tsv");
    assertThat(succeed("passwords --generate passwords.tsv --role alice"))
        .contains("new passwords: 1 role");
    String password = Files.readString(file).strip().split("\t", -1)[1];
    try (Connection login = lab.target("alice", password)) {
      assertThat(login.isValid(5)).isTrue();
    }
    assertThat(liesOnHost(password, "/var/lib/tsferry", "/var/log", "/opt/tsferry"))
        .as("the host never sees a password")
        .isFalse();
    assertThat(liesOnHost("SCRAM-SHA-256", "/var/lib/tsferry", "/var/log/tsferry"))
        .as("nor does a verifier lie on it")
        .isFalse();
  }

  // Where a file goes away under it, grep has neither found nor not found anything.
  private boolean liesOnHost(String text, String... directories) throws Exception {
    List<String> words = new ArrayList<>(List.of("grep", "-rqF", text));
    words.addAll(List.of(directories));
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (true) {
      int code = onHost(words.toArray(String[]::new));
      if (code <= 1) {
        return code == 0;
      }
      assertThat(System.nanoTime()).as("grep ends with %d", code).isLessThan(deadline);
    }
  }

  // The unit itself does it when the runner is gone.
  private void waitUntilUndone() throws Exception {
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
    while (onHost("test", "-e", "/var/lib/tsferry/in-force/source-read-only") == 0) {
      assertThat(System.nanoTime()).as("the source is undone in time").isLessThan(deadline);
    }
  }

  private void setTargetPassword() throws Exception {
    Process process =
        command("secret set target")
            .redirectInput(directory.resolve(LabFolder.TARGET_PASSWORD).toFile())
            .start();
    assertThat(process.waitFor()).isZero();
  }

  private void killRunnerOnHost() throws Exception {
    assertThat(onHost("systemctl", "kill", "--signal=KILL", RUN_UNIT)).isZero();
  }

  // The host's own file is ahead of what the command has heard of.
  private void waitForStep(String step, Process command) throws Exception {
    String started = "\"type\":\"step-started\",\"step\":\"%s\"".formatted(step);
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
    while (onHost("grep", "-qF", started, "/var/lib/tsferry/events.jsonl") != 0) {
      assertThat(command.isAlive()).as("the command waits for step " + step).isTrue();
      assertThat(System.nanoTime()).as("step %s begins in time", step).isLessThan(deadline);
    }
  }

  private int onHost(String... command) throws Exception {
    String host =
        DockerClientFactory.lazyClient().listContainersCmd().exec().stream()
            .map(container -> container.getNames()[0].substring(1))
            .filter(name -> name.startsWith("tsferry-" + LAB + "-i-"))
            .findFirst()
            .orElseThrow();
    List<String> words = new ArrayList<>(List.of("docker", "exec", host));
    words.addAll(List.of(command));
    return new ProcessBuilder(words)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }

  private String succeed(String arguments) throws Exception {
    Ended ended = tsferry(arguments);
    assertThat(ended.code()).as("tsferry %s: %s", arguments, ended.errors()).isZero();
    return ended.output();
  }

  private record Ended(int code, String output, String errors) {}

  private Ended tsferry(String arguments) throws Exception {
    Path errors = Files.createTempFile(directory, "stderr", ".txt");
    Process process = command(arguments).redirectError(errors.toFile()).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ended(process.waitFor(), output, Files.readString(errors));
  }

  private Process start(String arguments) throws IOException {
    return command(arguments)
        .redirectErrorStream(true)
        .redirectOutput(directory.resolve("run.log").toFile())
        .start();
  }

  private ProcessBuilder command(String arguments) throws IOException {
    List<String> words = new ArrayList<>(List.of(root().resolve("scripts/tsferry").toString()));
    words.addAll(List.of(arguments.split(" ")));
    ProcessBuilder builder = new ProcessBuilder(words).directory(directory.toFile());
    builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
    builder.environment().putAll(new LabFolder(directory).environment());
    return builder;
  }

  private static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.isExecutable(folder.resolve("scripts/tsferry"))) {
      folder = folder.getParent();
    }
    return folder;
  }
}
