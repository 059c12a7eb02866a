package dev.tsferry.cli.host;

import static java.util.Objects.requireNonNull;

import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.plan.outcome.MigrationException;
import dev.tsferry.plan.report.MigrationReport;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The run on the host, from outside: start, look, cancel, fetch the report. */
public final class HostRun {
  private static final Duration SHORT = Duration.ofSeconds(60);

  private final HostShell shell;

  public HostRun(HostShell shell) {
    this.shell = requireNonNull(shell, "shell is null");
  }

  /**
   * The script that starts the run in its unit; for {@link HostScript#then}.
   *
   * @param sourceSecret ARN of the secret with the source's password
   * @param targetSecret ARN of the secret with the target's password
   * @param rehearsal whether writes to the source are reported instead of failing the run
   */
  public static HostScript starting(
      String region, String sourceSecret, String targetSecret, boolean rehearsal) {
    return HostScript.named("confined.sh")
        .then(HostScript.named("start.sh"))
        .with("REGION", region)
        .with("SOURCE_SECRET", sourceSecret)
        .with("TARGET_SECRET", targetSecret)
        .with("REHEARSAL", rehearsal ? "yes" : "no");
  }

  /** Where the run stands, with the events after number {@code afterSeq}. */
  public HostPoll poll(long afterSeq) {
    String answer =
        shell.run(
            "looking at the run",
            HostScript.named("poll.sh").with("AFTER", Long.toString(afterSeq)),
            SHORT);
    try {
      return HostPoll.parse(answer);
    } catch (IOException | RuntimeException e) {
      throw notUnderstood("looking at the run", e);
    }
  }

  /**
   * Asks the run to end.
   *
   * @return whether there was one to ask
   */
  public boolean cancel() {
    return shell
        .run("cancelling the run", HostScript.named("cancel.sh"), SHORT)
        .strip()
        .equals("stopping");
  }

  /**
   * Holds a run that copies rows from server to server, or lets it go on.
   *
   * @return whether there was one
   */
  public boolean pause(boolean on) {
    return shell
        .run(
            on ? "pausing the run" : "letting the run go on",
            HostScript.named("pause.sh").with("PAUSED", on ? "yes" : "no"),
            SHORT)
        .strip()
        .equals("done");
  }

  /**
   * Moves the moment at which the host ends itself.
   *
   * @param hours from now
   * @return that moment
   */
  public Instant extend(int hours) {
    String answer =
        shell.run(
            "extending the time to live",
            HostScript.named("expiry.sh")
                .then(HostScript.named("extend.sh"))
                .with("HOURS", Integer.toString(hours)),
            SHORT);
    try {
      return Instant.ofEpochSecond(Long.parseLong(answer.strip()));
    } catch (NumberFormatException e) {
      throw notUnderstood("extending the time to live", e);
    }
  }

  /** The report of the last run. */
  public MigrationReport report() {
    return new HostFile(shell).read("fetching the report", "report.json", MigrationReport.class);
  }

  /** The script of what the target's user could not do, or empty where nothing was handed over. */
  public Optional<String> handover() {
    return new HostFile(shell).text("fetching the handover script", "handover.sql");
  }

  private MigrationException notUnderstood(String doing, Exception cause) {
    return new MigrationException(
        ErrorCode.HOST_COMMAND_FAILED,
        "%s on the host %s: its answer is not understood"
            .formatted(doing, shell.host().instanceId()),
        cause);
  }
}
