package dev.tsferry.runner.stream.unit;

import dev.tsferry.plan.TableName;
import dev.tsferry.plan.report.MigrationReport.StreamedTable;
import dev.tsferry.runner.postgres.Server;
import dev.tsferry.runner.postgres.Session;
import dev.tsferry.runner.stream.digest.RowDigest;
import dev.tsferry.runner.stream.table.StreamTable;
import dev.tsferry.runner.timescaledb.ChunkTables;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The units in the target's ledger: fixed before the first is copied, and each with a keyed row
 * that commits together with its rows. Rows of an unlogged table, which the target loses when it
 * crashes, have theirs in an unlogged table of the ledger, which is lost with them.
 */
public final class UnitLedger {
  private static final String DOING = "reading the units in the target's schema tsferry";
  private static final String COPIED =
      "(select unit, rows, bytes, digest_high, digest_low from tsferry.stream_copied union all"
          + " select unit, rows, bytes, digest_high, digest_low"
          + " from tsferry.stream_copied_unlogged)";

  private final Server target;

  public UnitLedger(Server target) {
    this.target = target;
  }

  /**
   * A table as the ledger has it.
   *
   * @param shape columns and format, to find out whether they are still the same
   */
  public record Entry(int id, String schema, String name, String shape, boolean unlogged) {}

  /** A unit that is on the target, with its rows and how many bytes they were on the wire. */
  public record Copied(int unit, RowDigest digest, long bytes) {}

  /** Every table with units. */
  public List<Entry> tables() {
    try (Session session = target.visit("ledger")) {
      return session.list(
          DOING,
          "select id, schema, name, format || ' ' || columns, unlogged from tsferry.stream_table"
              + " order by id",
          row ->
              new Entry(
                  row.getInt(1),
                  row.getString(2),
                  row.getString(3),
                  row.getString(4),
                  row.getBoolean(5)));
    }
  }

  /** Every unit. */
  public List<Unit> units() {
    try (Session session = target.visit("ledger")) {
      return session.list(
          DOING,
          "select id, table_id, heap, filter, file, first_block, last_block, weight"
              + " from tsferry.stream_unit order by id",
          row ->
              new Unit(
                  row.getInt(1),
                  row.getInt(2),
                  row.getString(3),
                  row.getString(4),
                  row.getLong(5),
                  row.getObject(6, Long.class),
                  row.getObject(7, Long.class),
                  row.getLong(8)));
    }
  }

  /** What the report says of each table; a hypertable's chunks are told as one. */
  public List<StreamedTable> report() {
    Map<Integer, List<Unit>> units = units().stream().collect(Collectors.groupingBy(Unit::table));
    Map<Integer, Copied> copied = copied();
    Map<TableName, Streamed> tables = new LinkedHashMap<>();
    try (Session session = target.visit("ledger")) {
      ChunkTables chunks = ChunkTables.of(session);
      session.list(
          DOING,
          "select id, schema, name, format, reason from tsferry.stream_table order by 2, 3",
          row -> {
            TableName name = chunks.countedAs(new TableName(row.getString(2), row.getString(3)));
            List<Unit> own = units.getOrDefault(row.getInt(1), List.of());
            List<Copied> there =
                own.stream().map(unit -> copied.get(unit.id())).filter(Objects::nonNull).toList();
            Streamed streamed =
                new Streamed(
                    row.getString(4),
                    row.getString(5),
                    own.size(),
                    there.stream().map(Copied::digest).reduce(RowDigest.NONE, RowDigest::plus),
                    there.stream().mapToLong(Copied::bytes).sum());
            return tables.merge(name, streamed, Streamed::plus);
          });
    }
    return tables.entrySet().stream().map(e -> e.getValue().as(e.getKey())).toList();
  }

  /** The tables of which a unit is not on the target. */
  public List<String> lacking() {
    try (Session session = target.visit("ledger")) {
      return session.list(
          DOING,
          "select t.schema || '.' || t.name from tsferry.stream_table t where exists (select"
              + " from tsferry.stream_unit u where u.table_id = t.id and u.id not in (select unit from "
              + COPIED
              + " c)) order by 1",
          row -> row.getString(1));
    }
  }

  /** Every unit that is on the target. */
  public Map<Integer, Copied> copied() {
    Map<Integer, Copied> copied = new HashMap<>();
    try (Session session = target.visit("ledger")) {
      session.list(
          DOING,
          "select unit, rows, bytes, digest_high, digest_low from " + COPIED + " c",
          row -> copied.put(row.getInt(1), copied(row)));
    }
    return copied;
  }

  /**
   * Makes sure that the target loses none of the units any more that it has said to be there: their
   * commits were not waited for, and a later one that is waited for holds them all.
   *
   * @see <a href="https://www.postgresql.org/docs/current/wal-async-commit.html">Asynchronous
   *     commit</a>
   */
  public void makeDurable() {
    try (Session session = target.visit("ledger")) {
      session.transaction(
          "making the copied rows durable",
          connection -> {
            session.executeRaw("set local synchronous_commit = on");
            session.executeRaw(
                "update tsferry.stream_table set reason = reason"
                    + " where id = (select min(id) from tsferry.stream_table)");
          });
    }
  }

  /** One unit's row, if it is on the target. */
  public Optional<Copied> copied(int unit) {
    try (Session session = target.visit("ledger")) {
      return session.first(
          DOING,
          "select unit, rows, bytes, digest_high, digest_low from " + COPIED + " c where unit = ?",
          UnitLedger::copied,
          unit);
    }
  }

  private static Copied copied(java.sql.ResultSet row) throws SQLException {
    return new Copied(
        row.getInt(1),
        new RowDigest(row.getLong(2), row.getLong(4), row.getLong(5)),
        row.getLong(3));
  }

  /** What the columns and format of a table come to in {@link Entry#shape}. */
  public static String shape(StreamTable table) {
    return table.format().word() + " " + table.columnList();
  }

  /** The first number for new units: above all that ever were, those that are forgotten too. */
  public int nextNumber() {
    try (Session session = target.visit("ledger")) {
      return (int) session.number(DOING, "select pg_catalog.nextval('tsferry.stream_number')");
    }
  }

  /** Fixes tables and their units, all or none. */
  public void fix(Map<Integer, StreamTable> tables, List<Unit> units) {
    try (Session session = target.visit("ledger")) {
      session.transaction(
          "fixing the units in the target",
          connection -> {
            insertTables(connection, tables);
            insertUnits(connection, units);
            session.executeRaw(
                "select pg_catalog.setval('tsferry.stream_number', max(id)) from tsferry.stream_unit");
          });
    }
  }

  /**
   * Empties a table of the target and forgets its units, in one transaction: the only way that rows
   * are ever removed. The units go first: that waits for whoever still copies one of them, and lets
   * nobody claim it again.
   */
  public void forget(StreamTable table, Entry entry) {
    // A session that was kept would not know of TimescaleDB's restore mode.
    try (Session session = target.connect("forget")) {
      session.transaction(
          "emptying %s to copy it again".formatted(table.name()),
          connection -> {
            session.executeRaw("delete from tsferry.stream_unit where table_id = " + entry.id());
            session.executeRaw("delete from tsferry.stream_table where id = " + entry.id());
            session.executeRaw("truncate table " + (table.root() ? "" : "only ") + table.quoted());
          });
    }
  }

  /** The statement that claims a unit, first in its transaction: it waits for whoever else did. */
  public static String claim(Unit unit, boolean unlogged) {
    return "insert into tsferry.%s (unit) values (%d)".formatted(relation(unlogged), unit.id());
  }

  /** The statement that completes a unit's row, last in its transaction. */
  public static String complete(Copied copied, boolean unlogged) {
    RowDigest digest = copied.digest();
    return "update tsferry.%s set rows = %d, bytes = %d, digest_high = %d, digest_low = %d where unit = %d"
        .formatted(
            relation(unlogged),
            digest.rows(),
            copied.bytes(),
            digest.high(),
            digest.low(),
            copied.unit());
  }

  private static String relation(boolean unlogged) {
    return unlogged ? "stream_copied_unlogged" : "stream_copied";
  }

  private static void insertTables(Connection connection, Map<Integer, StreamTable> tables)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into tsferry.stream_table (id, schema, name, columns, format, reason, unlogged)"
                + " values (?, ?, ?, ?, ?, ?, ?)")) {
      for (Map.Entry<Integer, StreamTable> entry : tables.entrySet()) {
        StreamTable table = entry.getValue();
        insert.setInt(1, entry.getKey());
        insert.setString(2, table.name().schema());
        insert.setString(3, table.name().name());
        insert.setString(4, table.columnList());
        insert.setString(5, table.format().word());
        insert.setString(6, table.reason());
        insert.setBoolean(7, table.unlogged());
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  private static void insertUnits(Connection connection, List<Unit> units) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into tsferry.stream_unit"
                + " (id, table_id, heap, filter, file, first_block, last_block, weight)"
                + " values (?, ?, ?, ?, ?, ?, ?, ?)")) {
      for (Unit unit : units) {
        insert.setInt(1, unit.id());
        insert.setInt(2, unit.table());
        insert.setString(3, unit.heap());
        insert.setString(4, unit.filter());
        insert.setLong(5, unit.file());
        insert.setObject(6, unit.first(), Types.BIGINT);
        insert.setObject(7, unit.last(), Types.BIGINT);
        insert.setLong(8, unit.weight());
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }
}
