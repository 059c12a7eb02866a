package dev.tsferry.runner.quiesce;

import static java.util.Objects.requireNonNull;

import dev.tsferry.plan.Counted;
import dev.tsferry.plan.Quiesce;
import dev.tsferry.runner.pipeline.StepContext;
import dev.tsferry.runner.postgres.ExportedSnapshot;
import dev.tsferry.runner.postgres.Server;
import dev.tsferry.runner.postgres.Session;
import dev.tsferry.runner.preflight.Findings;
import dev.tsferry.runner.process.Ticker;
import dev.tsferry.runner.quiesce.SourceSessions.Other;
import dev.tsferry.runner.quiesce.SourceTables.Lockable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;

/**
 * The source while it is dumped and until it is verified: locks its tables against writes as long
 * as the snapshot is held, remembers what the statistics said, and compares later.
 *
 * <p>By default ({@code lock}) proof is wanted and a run goes on without: a table that can't be
 * locked, for want of rights or because a writer does not let go of it, is only observed, and the
 * report says which and why.
 */
public final class QuietSource {
  private static final Duration LOOK = Duration.ofSeconds(2);
  // The dump's own locks need the room once more, and other sessions some of it.
  private static final double MOST_OF_ROOM = 0.4;

  private final Server source;
  private final BaselineTable baselines;
  private final Quiesce options;
  private final boolean readsLater;
  private Held held;

  /**
   * @param target has the ledger
   * @param readsLater whether rows are read when pg_dump has let go of its locks, so that the
   *     snapshot's session must keep tables from being rewritten
   */
  public QuietSource(Server source, Server target, Quiesce options, boolean readsLater) {
    this.readsLater = readsLater;
    this.source = requireNonNull(source, "source is null");
    this.baselines = new BaselineTable(target);
    this.options = requireNonNull(options, "options is null");
  }

  /** What is known while the snapshot is held. */
  private record Held(
      Baseline before,
      Set<String> locked,
      Map<String, String> observed,
      Set<String> waiting,
      Ticker watch,
      Session observer) {}

  /** Locks what can be locked, and exports the snapshot of that moment. */
  public ExportedSnapshot snapshot(StepContext context) {
    if (options.mode() == Quiesce.Mode.NONE) {
      return unwatched();
    }
    Session observer = source.connect("quiesce");
    try {
      return snapshot(context, observer);
    } catch (RuntimeException e) {
      observer.close();
      throw e;
    }
  }

  private ExportedSnapshot unwatched() {
    try (Session observer = source.visit("quiesce")) {
      SourceTables tables = new SourceTables(observer);
      List<String> all = readsLater && fits(tables) ? names(tables.lockable()) : List.of();
      return new ExportedSnapshot(
          source,
          holder -> keepFiles(holder, holder.processId(), new SourceSessions(observer), all));
    }
  }

  // A dump has such locks to its end. Not to have one is no failure: the counters tell.
  private static void keepFiles(
      Session holder, int holderPid, SourceSessions sessions, List<String> tables) {
    new TableLocks(TableLocks.AGAINST_REWRITING, holder, holderPid, sessions, others -> {})
        .take(tables);
  }

  private static List<String> names(List<Lockable> tables) {
    return tables.stream().map(Lockable::name).toList();
  }

  private static boolean fits(SourceTables tables) {
    return tables.lockCount() <= MOST_OF_ROOM * tables.lockRoom();
  }

  private ExportedSnapshot snapshot(StepContext context, Session observer) {
    SourceTables tables = new SourceTables(observer);
    SourceSessions sessions = new SourceSessions(observer);
    Map<String, String> observed = new LinkedHashMap<>();
    List<Lockable> all = tables.lockable();
    boolean fits = fits(tables);
    List<String> toLock = toLock(all, fits, observed);
    // Large objects can't be locked, so only their counters tell, and these must be up to date.
    if (!observed.isEmpty() || tables.hasLargeObjects()) {
      new StatisticsLag(observer).await();
    }
    Baseline before =
        new Baseline(
            Instant.now(),
            tables.statsReset(),
            "",
            tables.writtenSoFar(),
            SourceFacts.of(observer),
            tables.counters());
    Set<String> waiting = new ConcurrentSkipListSet<>();
    Set<String> locked = new LinkedHashSet<>();
    int[] holderPid = new int[1];
    ExportedSnapshot snapshot =
        new ExportedSnapshot(
            source,
            holder -> {
              holderPid[0] = holder.processId();
              TableLocks locks =
                  new TableLocks(
                      TableLocks.AGAINST_WRITES,
                      holder,
                      holderPid[0],
                      sessions,
                      others -> inTheWay(context, sessions, others));
              locks.take(toLock);
              locked.addAll(locks.locked());
              observed.putAll(locks.refused());
              if (readsLater && fits) {
                List<String> rest = new ArrayList<>(names(all));
                rest.removeAll(locks.locked());
                keepFiles(holder, holderPid[0], sessions, rest);
              }
            });
    Runnable look =
        () -> sessions.waitingFor(holderPid[0]).forEach(other -> waiting.add(other.who()));
    held =
        new Held(before, locked, observed, waiting, Ticker.start("quiesce", LOOK, look), observer);
    tellLocks(context);
    return snapshot;
  }

  private List<String> toLock(List<Lockable> all, boolean fits, Map<String, String> observed) {
    String reason = null;
    if (options.mode() == Quiesce.Mode.OBSERVE) {
      reason = "the plan asks for no locks";
    } else if (!fits) {
      reason = "the server has not enough room for so many locks (max_locks_per_transaction)";
    }
    List<String> names = new ArrayList<>();
    for (Lockable table : all) {
      if (reason == null && table.allowed()) {
        names.add(table.name());
      } else {
        observed.put(table.name(), reason == null ? "the user may not lock it" : reason);
      }
    }
    return names;
  }

  private void inTheWay(StepContext context, SourceSessions sessions, List<Other> others) {
    if (options.endWriters()) {
      sessions.end(others, context::info);
    }
  }

  private void tellLocks(StepContext context) {
    if (!held.locked().isEmpty()) {
      context.info(
          "%s of the source locked against writes until read; readers go on"
              .formatted(Counted.of(held.locked().size(), "table")));
    }
    Map<String, List<String>> byReason = new LinkedHashMap<>();
    held.observed()
        .forEach(
            (table, reason) -> byReason.computeIfAbsent(reason, r -> new ArrayList<>()).add(table));
    byReason.forEach(
        (reason, tables) ->
            context.warn(
                "not locked against writes, only observed (evidence, no proof): %s: %s"
                    .formatted(Findings.some(tables), reason)));
  }

  /**
   * Remembers the moment that the dump stands for; to be called while the snapshot is still held.
   *
   * @param keepEarlier whether rows of an earlier dump are loaded already, so that its moment
   *     counts
   */
  public void dumped(StepContext context, boolean keepEarlier) {
    if (held == null) {
      return;
    }
    try (Session observer = held.observer();
        Ticker watch = held.watch()) {
      requireNonNull(watch, "watch is null");
      if (!held.waiting().isEmpty()) {
        context.warn(
            "held up by the locks on the source, since they want to write: "
                + Findings.some(List.copyOf(held.waiting())));
      }
      if (!keepEarlier) {
        baselines.replace(baseline(observer));
      }
    } finally {
      held = null;
    }
  }

  /** Lets go of everything, if the dump did not come to its end. */
  public void release() {
    if (held != null) {
      held.watch().close();
      held.observer().close();
      held = null;
    }
  }

  // While a table is locked nothing can change its counters, so the end of the dump tells them as
  // they were at its beginning, and with everything that was told late.
  private Baseline baseline(Session observer) {
    SourceTables tables = new SourceTables(observer);
    Map<Long, TableCounters> merged = new LinkedHashMap<>();
    held.before().tables().forEach(table -> merged.put(table.relation(), table));
    if (!held.locked().isEmpty()) {
      new StatisticsLag(observer).await();
      tables.counters().stream()
          .filter(table -> !table.name().equals(SourceTables.LARGE_OBJECTS))
          .filter(table -> held.observed().isEmpty() || held.locked().contains(table.name()))
          .forEach(table -> merged.put(table.relation(), table.locked(true)));
    }
    return new Baseline(
        held.before().takenAt(),
        held.observed().isEmpty() ? tables.statsReset() : held.before().statsReset(),
        proof(),
        held.before().writtenSoFar(),
        held.before().facts(),
        List.copyOf(merged.values()));
  }

  private String proof() {
    if (held.observed().isEmpty()) {
      return "proof: all %d tables were locked against writes until they were read"
          .formatted(held.locked().size());
    }
    return "evidence only for %d of %d tables: %s"
        .formatted(
            held.observed().size(),
            held.observed().size() + held.locked().size(),
            Findings.some(List.copyOf(held.observed().keySet())));
  }
}
