package dev.tsferry.runner.quiesce;

import dev.tsferry.runner.postgres.ServerErrors;
import dev.tsferry.runner.postgres.Session;
import dev.tsferry.runner.quiesce.SourceSessions.Other;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Locks tables against writes or rewriting, for readers and pg_dump to go on: as many as can be had
 * in a few seconds, and says of each other one why not.
 *
 * @see <a href="https://www.postgresql.org/docs/current/explicit-locking.html">Explicit locking</a>
 */
final class TableLocks {
  private static final int AT_ONCE = 50;
  private static final String PATIENCE = "3s";
  private static final String NOT_AVAILABLE = "55P03";
  private static final String DEADLOCK = "40P01";
  private static final String OUT_OF_MEMORY = "53200";

  /** Nobody writes. */
  static final String AGAINST_WRITES = " in share mode";

  /** Nobody truncates, rewrites or drops, which a snapshot does not outlive. */
  static final String AGAINST_REWRITING = " in access share mode";

  private final String mode;
  private final Session holder;
  private final long holderPid;
  private final SourceSessions sessions;
  private final Consumer<List<Other>> inTheWay;
  private final Set<String> locked = new LinkedHashSet<>();
  private final Map<String, String> refused = new LinkedHashMap<>();

  /**
   * @param mode {@link #AGAINST_WRITES} or {@link #AGAINST_REWRITING}
   * @param holder in a transaction that has not looked at anything yet
   * @param sessions by another session, since the holder must not query
   * @param inTheWay told who holds a lock that is in the way, before it is tried once more
   */
  TableLocks(
      String mode,
      Session holder,
      long holderPid,
      SourceSessions sessions,
      Consumer<List<Other>> inTheWay) {
    this.mode = mode;
    this.holder = holder;
    this.holderPid = holderPid;
    this.sessions = sessions;
    this.inTheWay = inTheWay;
  }

  /** The tables that are locked, by their quoted names. */
  Set<String> locked() {
    return Set.copyOf(locked);
  }

  /** Why each other table is not. */
  Map<String, String> refused() {
    return new LinkedHashMap<>(refused);
  }

  /** Locks {@code tables}, which the user may lock. */
  void take(List<String> tables) {
    holder.execute("locking the source's tables", "set local lock_timeout = '" + PATIENCE + "'");
    for (int i = 0; i < tables.size(); i += AT_ONCE) {
      List<String> some = tables.subList(i, Math.min(tables.size(), i + AT_ONCE));
      String state = lock(String.join(", ", some), mode, some);
      if (OUT_OF_MEMORY.equals(state)) {
        tables
            .subList(i, tables.size())
            .forEach(table -> refused.put(table, "the server has no room for more locks"));
        return;
      }
      if (state != null) {
        some.forEach(this::takeOne);
      }
    }
  }

  private void takeOne(String table) {
    String state = lock(table, mode + " nowait", List.of(table));
    if (state == null) {
      return;
    }
    if (NOT_AVAILABLE.equals(state) || DEADLOCK.equals(state)) {
      List<Other> others = sessions.inTheWay(table, holderPid);
      inTheWay.accept(others);
      state = lock(table, mode, List.of(table));
      if (state != null) {
        refused.put(table, "held by " + who(sessions.inTheWay(table, holderPid), others));
      }
    } else {
      refused.put(table, "refused by the server (%s)".formatted(state));
    }
  }

  private static String who(List<Other> now, List<Other> before) {
    List<String> names = new ArrayList<>();
    (now.isEmpty() ? before : now).forEach(other -> names.add(other.who()));
    return names.isEmpty() ? "a session that can't be seen" : String.join(", ", names);
  }

  /** Returns null, or the server's code for why not. */
  private String lock(String list, String how, List<String> tables) {
    try {
      holder.executeRaw("savepoint quiesce");
      holder.executeRaw("lock table " + list + how);
      holder.executeRaw("release savepoint quiesce");
      locked.addAll(tables);
      return null;
    } catch (SQLException e) {
      String state = String.valueOf(e.getSQLState());
      if (state.startsWith("08") || state.startsWith("57")) {
        throw ServerErrors.working(holder.side(), "locking the source's tables", e);
      }
      // What is rolled back to stays open, and in a subtransaction no snapshot can be exported.
      holder.execute("locking the source's tables", "rollback to savepoint quiesce");
      holder.execute("locking the source's tables", "release savepoint quiesce");
      return state;
    }
  }
}
