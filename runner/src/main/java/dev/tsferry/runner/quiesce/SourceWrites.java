package dev.tsferry.runner.quiesce;

import static java.util.Objects.requireNonNull;

import dev.tsferry.plan.Quiesce;
import dev.tsferry.plan.TableName;
import dev.tsferry.runner.postgres.Server;
import dev.tsferry.runner.postgres.Session;
import dev.tsferry.runner.quiesce.SourceSessions.Other;
import dev.tsferry.runner.timescaledb.ChunkTables;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What was written to the source since the dump, as far as the server's own records say. */
public final class SourceWrites {
  private static final String NOTHING_KNOWN = "nothing is known of writes";
  private static final String PROOF = "proof: no transaction of the source's server wrote since";

  private final Server source;
  private final Server target;
  private final BaselineTable baselines;
  private final Quiesce options;

  /**
   * @param target has the ledger
   */
  public SourceWrites(Server source, Server target, Quiesce options) {
    this.source = requireNonNull(source, "source is null");
    this.target = requireNonNull(target, "target is null");
    this.baselines = new BaselineTable(target);
    this.options = requireNonNull(options, "options is null");
  }

  /**
   * What was written since the dump.
   *
   * @param signs every sign that a table was written to
   * @param changed what else is another than it was, such as {@code sequence shop.numbers}
   * @param suspects sessions that did something since; which of them wrote is not known
   * @param proof how sure it is that nothing was written during the dump, and since, in words
   */
  public record Found(
      List<SourceWrite> signs, List<String> changed, List<String> suspects, String proof) {
    public Found {
      signs = List.copyOf(signs);
      changed = List.copyOf(changed);
      suspects = List.copyOf(suspects);
    }

    private static Found nothing(String proof) {
      return new Found(List.of(), List.of(), List.of(), proof);
    }

    /** Whether no sign of a write means that there was none, as far as counters can tell. */
    public boolean known() {
      return !proof.startsWith(NOTHING_KNOWN);
    }

    /** The signs that something may be missing on the target. */
    public List<SourceWrite> serious() {
      return signs.stream().filter(SourceWrite::matters).toList();
    }
  }

  /** Looks for it. */
  public Found find() {
    if (options.mode() == Quiesce.Mode.NONE) {
      return Found.nothing(NOTHING_KNOWN + ": the plan says none");
    }
    Baseline baseline = baselines.read().orElse(null);
    if (baseline == null) {
      return Found.nothing(NOTHING_KNOWN + ": no baseline was taken");
    }
    try (Session observer = source.visit("quiesce")) {
      SourceTables tables = new SourceTables(observer);
      List<String> changed = SourceFacts.changed(baseline.facts(), SourceFacts.of(observer));
      String statsReset = tables.statsReset();
      // A crash empties unlogged tables without a transaction.
      if (baseline.writtenSoFar() != null
          && baseline.writtenSoFar().equals(tables.writtenSoFar())
          && Objects.equals(baseline.statsReset(), statsReset)) {
        return new Found(
            List.of(), changed, List.of(), "%s; %s".formatted(baseline.proof(), PROOF));
      }
      new StatisticsLag(observer).await();
      Map<String, String> hypertables = hypertables(observer);
      List<SourceWrite> signs =
          WriteEvidence.between(baseline, tables.counters(), statsReset).stream()
              .map(sign -> sign.chunkOf(hypertables.getOrDefault(sign.table(), sign.table())))
              .toList();
      boolean written = !changed.isEmpty() || signs.stream().anyMatch(SourceWrite::matters);
      return new Found(
          signs, changed, written ? suspects(observer, baseline) : List.of(), baseline.proof());
    }
  }

  // The target knows those, too, that were dropped since.
  private Map<String, String> hypertables(Session observer) {
    Map<String, String> hypertables = ChunkTables.hypertablesOfChunks(observer);
    if (!hypertables.isEmpty()) {
      try (Session session = target.visit("quiesce")) {
        ChunkTables.hypertablesOfChunks(session).forEach(hypertables::putIfAbsent);
      }
    }
    return hypertables;
  }

  private static List<String> suspects(Session observer, Baseline baseline) {
    double seconds = Duration.between(baseline.takenAt(), Instant.now()).toMillis() / 1000.0;
    return new SourceSessions(observer).activeSince(seconds).stream().map(Other::who).toList();
  }

  /** A table's name as {@link SourceWrite} has it. */
  public String quoted(TableName table) {
    try (Session session = source.visit("quiesce")) {
      return session.text(
          "quoting a name",
          "select format('%I.%I', ?::text, ?::text)",
          table.schema(),
          table.name());
    }
  }
}
