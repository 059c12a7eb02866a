package dev.tsferry.runner.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.plan.outcome.MigrationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessRunnerTest {
  @TempDir Path folder;
  private final Cancellation cancellation = new Cancellation();
  private final List<String> log = new ArrayList<>();
  private final ProcessRunner runner = new ProcessRunner(cancellation, log::add);

  @Test
  void run_muchOnBothPipes_isDrained() throws Exception {
    List<String> lines = new ArrayList<>();
    ProcessResult result =
        runner.run(
            shell("i=0; while [ $i -lt 20000 ]; do echo out $i; echo err $i >&2; i=$((i+1)); done"),
            log(),
            StandardOutput.lines(lines::add));
    assertThat(result.succeeded()).isTrue();
    assertThat(lines).hasSize(20_000);
    assertThat(result.errorTail()).hasSize(ProcessRunner.TAIL_LINES).endsWith("err 19999");
    assertThat(Files.readAllLines(log())).hasSize(20_001);
  }

  @Test
  void run_environment_isWhatWasGivenOnly() throws Exception {
    List<String> lines = new ArrayList<>();
    runner.run(
        new CommandLine(List.of("/usr/bin/env"), Map.of("A", "b c")),
        log(),
        StandardOutput.lines(lines::add));
    assertThat(lines).containsExactly("A=b c");
  }

  @Test
  void run_failure_isTheResult() throws Exception {
    assertThat(runner.run(shell("echo why >&2; exit 3"), log(), in -> {}))
        .isEqualTo(new ProcessResult(3, List.of("why")));
  }

  @Test
  void run_programFailsAndItsOutputIsCutOff_itsOwnFailureIsTold() throws Exception {
    StandardOutput demanding =
        in -> {
          in.readAllBytes();
          throw new IOException("cut off");
        };
    assertThat(runner.run(shell("echo half; exit 1"), log(), demanding).exitCode()).isEqualTo(1);
  }

  @Test
  void run_outputCannotBeTaken_endsTheProgramAndThrows() {
    StandardOutput full =
        in -> {
          throw new IOException("No space left on device");
        };
    assertThatThrownBy(() -> runner.run(shell("while :; do echo x; done"), log(), full))
        .isInstanceOf(IOException.class)
        .hasMessage("No space left on device");
  }

  @Test
  void run_noSuchProgram_isMissing() {
    assertThatThrownBy(
            () -> runner.run(new CommandLine(List.of("/no/psql"), Map.of()), log(), in -> {}))
        .isInstanceOfSatisfying(
            MigrationException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TOOL_MISSING));
  }

  @Test
  void run_cancelled_endsTheWholeTree() throws Exception {
    Path ready = folder.resolve("ready");
    CompletableFuture<Throwable> outcome =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                runner.run(shell("sleep 60 & touch " + ready + "; wait"), log(), in -> {});
                return null;
              } catch (Exception e) {
                return e;
              }
            });
    while (!Files.exists(ready)) {
      Thread.onSpinWait();
    }
    List<ProcessHandle> children = ProcessHandle.current().descendants().toList();

    cancellation.cancel();

    assertThat(outcome.get(20, TimeUnit.SECONDS))
        .isInstanceOfSatisfying(
            MigrationException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CANCELLED));
    assertThat(children).isNotEmpty().allSatisfy(child -> child.onExit().get(20, TimeUnit.SECONDS));
  }

  @Test
  void run_afterCancellation_startsNothing() {
    cancellation.cancel();
    assertThatThrownBy(() -> runner.run(shell("exit 0"), log(), in -> {}))
        .hasMessage("the run was cancelled");
    assertThat(log).isEmpty();
  }

  @Test
  void commandLine_asText_canBeTypedIntoAShell() {
    assertThat(
            new CommandLine(List.of("/usr/bin/psql", "--dbname=host='a b'", ""), Map.of())
                .toString())
        .isEqualTo("/usr/bin/psql '--dbname=host='\\''a b'\\''' ''");
  }

  private Path log() {
    return folder.resolve("log/tool.log");
  }

  private static CommandLine shell(String script) {
    return new CommandLine(List.of("/bin/sh", "-c", script), Map.of("PATH", "/usr/bin:/bin"));
  }
}
