package dev.tsferry.lab;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tsferry.lab.aws.NotOnLocalStack;
import dev.tsferry.lab.database.RequiresContainerEngine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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
 * The whole journey with the commands that a user types, and with the worst that can happen on the
 * way: the runner is paused and killed while it streams rows, then the command that follows the
 * next attempt.
 */
@NotOnLocalStack
@RequiresContainerEngine
class CrossingIT {
  private static final String LAB = "crossing";
  private static final int READINGS = 600_000;
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
  @Timeout(value = 8, unit = TimeUnit.MINUTES)
  void migration_killedRunnerThenKilledCommand_carriesEverything_andLeavesNothing()
      throws Exception {
    succeed(
        "plan --rds orders-db --name crossing --target-host orders.tsdb.cloud.test --target-port 5432"
            + " --target-tls verify-full --target-ca target-ca.pem --source-ca source-ca.pem"
            + " --hypertable telemetry.readings:ts --hypertable telemetry.events:at"
            + " --data-mode stream --max-rate 1");
    succeed("up");
    assertThat(tsferry("run").code()).as("the target's password is not set yet").isEqualTo(10);
    setTargetPassword();

    Process first = start("run");
    waitForStep("copy", first);
    succeed("pause");
    waitUntilHeld();
    killRunnerOnHost();
    assertThat(first.waitFor()).as("the command says that the run died").isNotZero();
    assertThat(runState()).isEqualTo("died");
    assertThat(tsferry("resume").code()).as("nothing is there to go on").isEqualTo(10);
    hurry();

    Process second = start("run");
    waitForStep("post-data", second);
    second.destroyForcibly().waitFor();
    assertThat(lastState()).isEqualTo("succeeded");

    assertThat(lab.compare()).isEmpty();
    Ended again = tsferry("run");
    assertThat(again.code()).isZero();
    assertThat(again.output())
        .contains("every table holds the same rows on both sides, each by its digest");
    assertNoPasswordIn(directory.resolve("crossing-report.json"));

    assertThat(succeed("down --yes")).contains("nothing of crossing is left");
    assertThat(succeed("down --check")).contains("nothing of crossing is left");
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

  private void waitUntilHeld() throws Exception {
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
    while (!succeed("status").contains("paused, \"tsferry resume\" lets it go on")) {
      assertThat(System.nanoTime()).as("the run holds in time").isLessThan(deadline);
    }
  }

  private void hurry() throws IOException {
    Path plan = directory.resolve("migration.json");
    String slow = Files.readString(plan);
    String fast = slow.replaceFirst("(\"maxMegabytesPerSecond\" *: *)1\\b", "$11000");
    assertThat(fast).isNotEqualTo(slow);
    Files.writeString(plan, fast);
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

  // The run goes on without the command that followed it, so its end is looked for from outside.
  private String lastState() throws Exception {
    String state = runState();
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(3);
    while (state.equals("running") && System.nanoTime() < deadline) {
      state = runState();
    }
    return state;
  }

  private String runState() throws Exception {
    JsonNode status = mapper.readTree(succeed("status --json"));
    return status.get("run").asText();
  }

  private void assertNoPasswordIn(Path file) throws IOException {
    assertThat(Files.readString(file))
        .doesNotContain(Files.readString(directory.resolve(LabFolder.TARGET_PASSWORD)))
        .doesNotContain(Files.readString(directory.resolve(LabFolder.SOURCE_PASSWORD)));
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
