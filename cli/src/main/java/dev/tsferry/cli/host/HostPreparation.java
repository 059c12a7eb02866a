package dev.tsferry.cli.host;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.tsferry.cli.time.Backoff;
import dev.tsferry.cli.time.Pacer;
import dev.tsferry.plan.HostSoftware;
import dev.tsferry.plan.MigrationPlan;
import dev.tsferry.plan.Tls;
import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.plan.outcome.MigrationException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;

/**
 * Prepares the host: PostgreSQL's client, Java, the dump volume. Done once for the same script and
 * parameters; a preparation under way is joined.
 */
public final class HostPreparation {
  private static final Duration SHORT = Duration.ofSeconds(60);
  private static final String RDS_BUNDLE =
      "https://truststore.pki.rds.amazonaws.com/global/global-bundle.pem";
  private static final Duration PATIENCE = Duration.ofMinutes(30);

  private final HostShell shell;
  private final HostDirectory directory;
  private final Pacer pacer;

  public HostPreparation(HostShell shell, HostDirectory directory, Pacer pacer) {
    this.shell = requireNonNull(shell, "shell is null");
    this.directory = requireNonNull(directory, "directory is null");
    this.pacer = requireNonNull(pacer, "pacer is null");
  }

  /** What a host that is prepared for {@code plan} says of itself. */
  public static String fingerprint(MigrationPlan plan) {
    return Sha256.of(script(plan).text().getBytes(UTF_8));
  }

  /**
   * Prepares the host, and returns when it is ready.
   *
   * @param progress told each line of the preparation's log
   * @throws MigrationException {@code HOST_PREPARATION_FAILED} with what the tools said
   */
  public void prepare(MigrationPlan plan, Consumer<String> progress) {
    String fingerprint = fingerprint(plan);
    HostScript preparation =
        script(plan).with("VOLUME_ID", volume(plan)).with("PREPARED", fingerprint);
    String encoded = Base64.getEncoder().encodeToString(preparation.text().getBytes(UTF_8));
    String answer =
        shell.run(
            "preparing",
            HostScript.named("prepare-start.sh")
                .with("PREPARED", fingerprint)
                .with("PREPARATION", encoded),
            SHORT);
    if (!answer.strip().equals("prepared")) {
      follow(fingerprint, progress);
    }
  }

  // A host may have a volume that is there for another reason.
  private String volume(MigrationPlan plan) {
    return plan.host().dumpVolume().isPresent()
        ? directory.dataVolume(shell.host().instanceId()).orElse("")
        : "";
  }

  private static HostScript script(MigrationPlan plan) {
    HostSoftware supply = plan.host().supply();
    return HostScript.named("expiry.sh")
        .then(HostScript.named("packages.sh"))
        .then(HostScript.named("prepare.sh"))
        .with("CLIENT_MAJOR", Integer.toString(plan.pipeline().clientMajor()))
        .with("TIME_TO_LIVE", Integer.toString(plan.host().timeToLiveHours()))
        .with("RDS_CA", rdsBundle(plan))
        .with("PROXY", given(supply.proxy()))
        .with("UBUNTU_MIRROR", given(supply.ubuntuMirror()))
        .with("PGDG_MIRROR", given(supply.postgresqlMirror()));
  }

  private static String rdsBundle(MigrationPlan plan) {
    if (!Tls.RDS.equals(plan.source().address().tls().ca())) {
      return "";
    }
    String own = plan.host().supply().rdsBundle();
    return own == null ? RDS_BUNDLE : own;
  }

  private static String given(String value) {
    return value == null ? "" : value;
  }

  private void follow(String fingerprint, Consumer<String> progress) {
    Instant deadline = pacer.now().plus(PATIENCE);
    Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(5));
    int seen = 0;
    while (true) {
      List<String> lines = poll(seen);
      List<String> log = lines.subList(2, lines.size());
      log.forEach(progress);
      seen += log.size();
      boolean active = lines.get(0).equals("active");
      if (lines.get(1).equals(fingerprint)) {
        return;
      }
      if (!active && log.isEmpty()) {
        throw failed();
      }
      if (pacer.now().isAfter(deadline)) {
        throw new MigrationException(
            ErrorCode.TIMED_OUT,
            "preparing the host %s: not done in %d minutes"
                .formatted(shell.host().instanceId(), PATIENCE.toMinutes()));
      }
      if (!log.isEmpty()) {
        backoff.reset();
      }
      pacer.pause(backoff.next());
    }
  }

  private List<String> poll(int seen) {
    String answer =
        shell.run(
            "preparing",
            HostScript.named("prepare-poll.sh").with("AFTER", Integer.toString(seen)),
            SHORT);
    List<String> lines = answer.lines().toList();
    if (lines.size() < 2) {
      throw new MigrationException(
          ErrorCode.HOST_COMMAND_FAILED,
          "preparing the host %s: its answer is not understood"
              .formatted(shell.host().instanceId()));
    }
    return lines;
  }

  private MigrationException failed() {
    String said = shell.run("preparing", HostScript.named("prepare-why.sh"), SHORT).strip();
    return new MigrationException(
        ErrorCode.HOST_PREPARATION_FAILED,
        "preparing the host %s failed at the step above%s"
            .formatted(
                shell.host().instanceId(),
                said.isEmpty() ? "" : "; its tools said:\n  " + indented(said)),
        "repeat the command: what was done is not done again");
  }

  private static String indented(String text) {
    return String.join("\n  ", text.lines().toList());
  }
}
