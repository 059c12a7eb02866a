package dev.tsferry.plan.check;

import static java.util.Objects.requireNonNull;

import dev.tsferry.plan.Hypertable;
import dev.tsferry.plan.Pipeline;
import dev.tsferry.plan.outcome.ExitCode;
import dev.tsferry.plan.report.MigrationReport.Endpoint;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What {@code tsferry check} found and proposes; {@code --json} prints it as it is.
 *
 * @param version version of this format
 * @param source null where it could not be reached
 * @param target null where it could not be reached
 * @param findings errors first
 * @param candidates tables that look like time series, proposed or not
 * @param proposal the plan's pipeline part as it should be, or null where it could not be made
 */
public record CheckReport(
    int version,
    String name,
    Instant at,
    Endpoint source,
    Endpoint target,
    List<Finding> findings,
    List<Candidate> candidates,
    Pipeline proposal) {

  public static final int VERSION = 1;

  public CheckReport {
    requireNonNull(name, "name is null");
    findings = findings.stream().sorted(Comparator.comparing(Finding::severity)).toList();
    candidates = List.copyOf(candidates);
  }

  /**
   * A table that looks like a time series.
   *
   * @param reason why it looks like one, with its size and rate
   * @param obstacle why it can't be converted as it is, or null
   */
  public record Candidate(Hypertable hypertable, String reason, String obstacle) {
    public Candidate {
      requireNonNull(hypertable, "hypertable is null");
      requireNonNull(reason, "reason is null");
    }

    /** Why it can't be converted as it is. */
    public Optional<String> impossible() {
      return Optional.ofNullable(obstacle);
    }
  }

  /** How many findings are of {@code severity}. */
  public long count(Severity severity) {
    return findings.stream().filter(finding -> finding.severity() == severity).count();
  }

  /**
   * What the command exits with: done without an error finding, else the code of the worst. The
   * source's come before the target's and these before the tools', since that is the order in which
   * they can be remedied.
   */
  public ExitCode exitCode() {
    return findings.stream()
        .filter(finding -> finding.severity() == Severity.ERROR && finding.error() != null)
        .map(finding -> finding.error().exitCode())
        .min(Comparator.comparingInt(ExitCode::code))
        .orElse(ExitCode.DONE);
  }
}
