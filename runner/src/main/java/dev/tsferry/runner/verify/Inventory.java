package dev.tsferry.runner.verify;

import dev.tsferry.plan.TableName;
import dev.tsferry.runner.postgres.Session;
import dev.tsferry.runner.preflight.UserObjects;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What one side has that is to be compared. */
final class Inventory {
  private static final String DOING = "listing what is to be compared";
  private static final int SEQUENCES_AT_ONCE = 100;

  private final Session session;

  Inventory(Session session) {
    this.session = session;
  }

  /** Where a sequence stands. */
  record SequenceState(long lastValue, boolean called) {
    @Override
    public String toString() {
      return lastValue + (called ? "" : " (not called)");
    }
  }

  /** Every table with rows of its own: partitions, not partitioned tables; by name. */
  Map<TableName, Relation> relations() {
    Map<TableName, Integer> chunks = chunksOfHypertables();
    List<Relation> all =
        session.list(
            DOING,
            """
            select n.nspname, c.relname, format('%%I.%%I', n.nspname, c.relname), c.relkind = 'm',
                   c.relispopulated, pg_catalog.pg_table_size(c.oid),
                   c.relrowsecurity and c.relforcerowsecurity
                   and not (select rolsuper or rolbypassrls from pg_catalog.pg_roles where rolname = current_user)
              from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
             where c.relkind in ('r', 'm') and c.relpersistence <> 't' and %s and %s and not %s
            """
                .formatted(
                    UserObjects.SCHEMA,
                    UserObjects.notOfExtension("pg_class", "c.oid"),
                    UserObjects.chunk(session)),
            row -> {
              TableName name = new TableName(row.getString(1), row.getString(2));
              return new Relation(
                  name,
                  row.getString(3),
                  row.getBoolean(4),
                  row.getBoolean(5),
                  chunks.containsKey(name),
                  chunks.getOrDefault(name, 0),
                  row.getBoolean(7),
                  row.getLong(6));
            });
    Map<TableName, Relation> byName = new HashMap<>();
    all.forEach(relation -> byName.put(relation.name(), relation));
    return byName;
  }

  /** Every sequence, by its quoted name. */
  Map<String, SequenceState> sequences() {
    List<String> names =
        session.list(
            DOING,
            """
            select format('%%I.%%I', n.nspname, c.relname)
              from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
             where c.relkind = 'S' and c.relpersistence <> 't' and %s and %s
             order by 1
            """
                .formatted(UserObjects.SCHEMA, UserObjects.notOfExtension("pg_class", "c.oid")),
            row -> row.getString(1));
    Map<String, SequenceState> states = new TreeMap<>();
    for (int i = 0; i < names.size(); i += SEQUENCES_AT_ONCE) {
      List<String> some = names.subList(i, Math.min(names.size(), i + SEQUENCES_AT_ONCE));
      List<String> queries = new ArrayList<>();
      for (int k = 0; k < some.size(); k++) {
        queries.add("select %d as k, last_value, is_called from %s".formatted(k, some.get(k)));
      }
      List<SequenceState> values =
          session.list(
              "reading sequences",
              String.join(" union all ", queries) + " order by k",
              row -> new SequenceState(row.getLong(2), row.getBoolean(3)));
      for (int k = 0; k < some.size(); k++) {
        states.put(some.get(k), values.get(k));
      }
    }
    return states;
  }

  /** The number of large objects. */
  long largeObjects() {
    return session.number(
        DOING, "select pg_catalog.count(*) from pg_catalog.pg_largeobject_metadata");
  }

  /** The rows that a materialized view would hold if it were filled now. */
  long rowsOfDefinition(Relation view) {
    return session.number(
        "counting what %s would hold".formatted(view.name()),
        "select pg_catalog.count(*) from (" + definition(view) + ") q");
  }

  /** The query of a materialized view. */
  String definition(Relation view) {
    return session
        .first(
            DOING,
            "select pg_catalog.rtrim(pg_catalog.pg_get_viewdef(?::regclass), ';')",
            row -> row.getString(1),
            view.quoted())
        .orElseThrow();
  }

  private Map<TableName, Integer> chunksOfHypertables() {
    Map<TableName, Integer> chunks = new HashMap<>();
    if (session.isTrue(
        DOING,
        "select exists (select from pg_catalog.pg_extension where extname = 'timescaledb')")) {
      session.list(
          DOING,
          "select hypertable_schema, hypertable_name, num_chunks"
              + " from timescaledb_information.hypertables",
          row -> chunks.put(new TableName(row.getString(1), row.getString(2)), row.getInt(3)));
    }
    return chunks;
  }
}
