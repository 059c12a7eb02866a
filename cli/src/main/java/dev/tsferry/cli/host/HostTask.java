package dev.tsferry.cli.host;

import static java.util.Objects.requireNonNull;

import dev.tsferry.cli.time.Backoff;
import dev.tsferry.cli.time.Pacer;
import dev.tsferry.plan.check.TaskAnswer;
import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.plan.outcome.MigrationException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A short task of the runner on the host, such as a check: started, awaited, its answer fetched.
 */
public final class HostTask {
  private static final Duration SHORT = Duration.ofSeconds(60);

  private final HostShell shell;
  private final Pacer pacer;

  public HostTask(HostShell shell, Pacer pacer) {
    this.shell = requireNonNull(shell, "shell is null");
    this.pacer = requireNonNull(pacer, "pacer is null");
  }

  /**
   * The script that starts a task; for {@link RunnerPush#push}.
   *
   * @param task the runner's subcommand
   * @param option of the subcommand, or empty
   */
  public static HostScript starting(
      String region, String sourceSecret, String targetSecret, String task, String option) {
    return HostScript.named("confined.sh")
        .then(HostScript.named("task-start.sh"))
        .with("REGION", region)
        .with("SOURCE_SECRET", sourceSecret)
        .with("TARGET_SECRET", targetSecret)
        .with("TASK", task)
        .with("TASK_OPTION", option);
  }

  /**
   * Waits for the answer.
   *
   * @param doing the task in the words of an error message
   * @throws MigrationException with the task's own failure, or {@code TIMED_OUT}
   */
  public TaskAnswer await(String doing, Duration patience) {
    Instant deadline = pacer.now().plus(patience);
    Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(5));
    while (true) {
      List<String> lines =
          shell.run(doing, HostScript.named("task-poll.sh"), SHORT).lines().toList();
      boolean active = !lines.isEmpty() && lines.get(0).equals("active");
      boolean answered = lines.size() > 1 && lines.get(1).equals("answered");
      if (answered && !active) {
        return answer(doing);
      }
      if (!active) {
        throw new MigrationException(
            ErrorCode.HOST_COMMAND_FAILED,
            "%s on the host %s: it ended without an answer%s"
                .formatted(doing, shell.host().instanceId(), said(lines)));
      }
      if (pacer.now().isAfter(deadline)) {
        throw new MigrationException(
            ErrorCode.TIMED_OUT,
            "%s on the host %s: not done in %d minutes"
                .formatted(doing, shell.host().instanceId(), patience.toMinutes()));
      }
      pacer.pause(backoff.next());
    }
  }

  private TaskAnswer answer(String doing) {
    TaskAnswer answer = new HostFile(shell).read(doing, TaskAnswer.FILE, TaskAnswer.class);
    if (answer.failure() != null) {
      throw new MigrationException(
          answer.failure().code(), answer.failure().message(), answer.failure().hints(), null);
    }
    return answer;
  }

  private static String said(List<String> lines) {
    List<String> said = lines.subList(Math.min(2, lines.size()), lines.size());
    return said.isEmpty() ? "" : "; it said:\n  " + String.join("\n  ", said);
  }
}
