package dev.tsferry.cli.host;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.tsferry.plan.Json;
import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.plan.outcome.MigrationException;
import dev.tsferry.plan.report.MigrationReport;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

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
   */
  public static HostScript starting(String region, String sourceSecret, String targetSecret) {
    return HostScript.named("start.sh")
        .with("REGION", region)
        .with("SOURCE_SECRET", sourceSecret)
        .with("TARGET_SECRET", targetSecret);
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

  /** The report of the last run. */
  public MigrationReport report() {
    String doing = "fetching the report";
    String text = file("report.json", doing).orElseThrow(() -> notUnderstood(doing, null));
    try {
      return Json.lenient().readValue(text, MigrationReport.class);
    } catch (IOException e) {
      throw notUnderstood(doing, e);
    }
  }

  /** The script of what the target's user could not do, or empty where nothing was handed over. */
  public Optional<String> handover() {
    return file("handover.sql", "fetching the handover script");
  }

  private Optional<String> file(String name, String doing) {
    StringBuilder packed = new StringBuilder();
    int length;
    do {
      String answer =
          shell.run(
              doing,
              HostScript.named("fetch.sh")
                  .with("FILE", name)
                  .with("OFFSET", Integer.toString(packed.length())),
              SHORT);
      String[] lines = answer.strip().split("\n", 2);
      if (lines[0].equals("0")) {
        return Optional.empty();
      }
      if (lines.length < 2 || !lines[0].matches("[0-9]{1,9}") || lines[1].isBlank()) {
        throw notUnderstood(doing, null);
      }
      length = Integer.parseInt(lines[0]);
      packed.append(lines[1].strip());
    } while (packed.length() < length);
    byte[] gzip = Base64.getDecoder().decode(packed.toString());
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(gzip))) {
      return Optional.of(new String(in.readAllBytes(), UTF_8));
    } catch (IOException e) {
      throw notUnderstood(doing, e);
    }
  }

  private MigrationException notUnderstood(String doing, Exception cause) {
    return new MigrationException(
        ErrorCode.HOST_COMMAND_FAILED,
        "%s on the host %s: its answer is not understood"
            .formatted(doing, shell.host().instanceId()),
        cause);
  }
}
