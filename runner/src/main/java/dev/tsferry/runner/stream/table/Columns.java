package dev.tsferry.runner.stream.table;

import dev.tsferry.runner.postgres.Session;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The columns of one side's tables. */
final class Columns {
  private Columns() {}

  /**
   * A column that COPY takes; generated ones it does not.
   *
   * @param quoted its name as the server quotes it
   * @param type with its modifier, such as {@code numeric(10,2)}
   * @param typeId the type's object id
   */
  record Column(String name, String quoted, String type, long typeId) {}

  /** A table and its columns in their order. */
  record Relation(
      long oid, String quoted, boolean partitioned, boolean unlogged, List<Column> columns) {}

  /**
   * Every relation with rows or parts, by the schema and name as the server quotes them.
   *
   * @param chunks whether TimescaleDB's chunks are among them
   */
  static Map<String, Relation> of(Session session, boolean chunks) {
    String doing = "reading the %s's columns".formatted(session.side().word());
    // Generated columns are there since 12.
    boolean generated =
        session.isTrue(doing, "select current_setting('server_version_num')::int >= 120000");
    Map<Long, Relation> byId = new HashMap<>();
    Map<String, Relation> byName = new HashMap<>();
    session.list(
        doing,
        """
        select c.oid, format('%%I.%%I', n.nspname, c.relname), c.relkind = 'p', c.relpersistence = 'u'
          from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
         where c.relkind in ('r', 'p') and c.relpersistence <> 't'
           and n.nspname !~ '^(pg_|_timescaledb_%s)' and n.nspname <> 'information_schema'
        """
            .formatted(chunks ? "(?!internal$)" : ""),
        row -> {
          Relation relation =
              new Relation(
                  row.getLong(1),
                  row.getString(2),
                  row.getBoolean(3),
                  row.getBoolean(4),
                  new ArrayList<>());
          byId.put(relation.oid(), relation);
          return byName.put(relation.quoted(), relation);
        });
    session.list(
        doing,
        """
        select a.attrelid, a.attname, quote_ident(a.attname),
               format_type(a.atttypid, a.atttypmod), a.atttypid
          from pg_catalog.pg_attribute a join pg_catalog.pg_class c on c.oid = a.attrelid
         where c.relkind in ('r', 'p') and a.attnum > 0 and not a.attisdropped %s
         order by a.attrelid, a.attnum
        """
            .formatted(generated ? "and a.attgenerated = ''" : ""),
        row -> {
          Relation relation = byId.get(row.getLong(1));
          return relation != null
              && relation
                  .columns()
                  .add(
                      new Column(
                          row.getString(2), row.getString(3), row.getString(4), row.getLong(5)));
        });
    return byName;
  }
}
