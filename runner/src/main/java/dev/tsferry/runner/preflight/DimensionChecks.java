package dev.tsferry.runner.preflight;

import dev.tsferry.plan.Hypertable;
import dev.tsferry.plan.TableName;
import dev.tsferry.runner.postgres.Session;
import java.util.List;
import java.util.Optional;

/** Whether a table's columns can be a hypertable's dimensions. */
final class DimensionChecks {
  private static final String DOING = "looking at the plan's hypertables in the source";

  private final Session source;
  private final Session target;
  private final Findings findings;
  private final boolean readsRows;

  /**
   * @param readsRows whether the columns' values are looked at too
   */
  DimensionChecks(Session source, Session target, Findings findings, boolean readsRows) {
    this.source = source;
    this.target = target;
    this.findings = findings;
    this.readsRows = readsRows;
  }

  /** Checks the time column, and what else the table is divided by. */
  void check(Hypertable hypertable, PlannedTable table) {
    TableName name = hypertable.table();
    Optional<TimeColumn> column = column(table, hypertable.timeColumn());
    if (column.isEmpty()) {
      refuse(name, "it has no column " + hypertable.timeColumn());
      return;
    }
    new TimeColumnChecks(source, target, findings, readsRows).check(hypertable, column.get());
    keys(name, table, column.get(), "time column " + hypertable.timeColumn());
    for (Hypertable.Dimension dimension : hypertable.dimensions()) {
      dimension(hypertable, table, dimension);
    }
    hypertable.now().ifPresent(function -> integerNow(hypertable, function, column.get()));
  }

  private Optional<TimeColumn> column(PlannedTable table, String name) {
    return source.first(
        DOING,
        """
        select a.attnum, a.attnotnull, coalesce(pg_catalog.to_jsonb(a) ->> 'attgenerated', '') <> '',
               t.typname
          from pg_catalog.pg_attribute a join pg_catalog.pg_type t on t.oid = a.atttypid
         where a.attrelid = ?::oid and a.attname = ? and a.attnum > 0 and not a.attisdropped
        """,
        row ->
            new TimeColumn(row.getInt(1), row.getBoolean(2), row.getBoolean(3), row.getString(4)),
        table.oid(),
        name);
  }

  private void keys(TableName name, PlannedTable table, TimeColumn column, String what) {
    List<String> keys =
        source.list(
            DOING,
            """
            select quote_ident(c.relname)
              from pg_catalog.pg_index i join pg_catalog.pg_class c on c.oid = i.indexrelid
             where i.indrelid = ?::oid and (i.indisunique or i.indisexclusion)
               and not (?::int2 = any ((i.indkey::int2[])[0:i.indnkeyatts - 1]))
             order by 1
            """,
            row -> row.getString(1),
            table.oid(),
            column.number());
    if (!keys.isEmpty()) {
      refuse(
          name,
          "unique on a hypertable must hold the %s, which is not in %s"
              .formatted(what, Findings.some(keys)));
    }
  }

  private void dimension(
      Hypertable hypertable, PlannedTable table, Hypertable.Dimension dimension) {
    TableName name = hypertable.table();
    Optional<TimeColumn> column = column(table, dimension.column());
    if (column.isEmpty()) {
      refuse(name, "it has no column " + dimension.column());
      return;
    }
    if (dimension.interval() != null) {
      Hypertable byRange =
          new Hypertable(
              name,
              dimension.column(),
              dimension.interval(),
              List.of(),
              null,
              hypertable.convert(),
              null,
              null);
      new TimeColumnChecks(source, target, findings, readsRows).check(byRange, column.get());
    } else if (column.get().generated()) {
      refuse(name, "column %s is generated".formatted(dimension.column()));
    } else if (!source.isTrue(
        DOING,
        """
        select exists (select from pg_catalog.pg_opclass o
                         join pg_catalog.pg_am m on m.oid = o.opcmethod
                         join pg_catalog.pg_attribute a
                           on a.attrelid = ?::oid and a.attnum = ?
                         join pg_catalog.pg_type t on t.oid = a.atttypid
                        where m.amname = 'hash' and o.opcdefault
                          and (o.opcintype in (t.oid, t.typbasetype)
                               or o.opcintype = 'anyenum'::regtype and t.typtype = 'e'
                               or o.opcintype = 'anyarray'::regtype and t.typcategory = 'A'
                               or o.opcintype = 'text'::regtype and t.typcategory = 'S'))
        """,
        table.oid(),
        column.get().number())) {
      refuse(name, "column %s is of a type that can't be hashed".formatted(dimension.column()));
    }
    keys(name, table, column.get(), "dimension " + dimension.column());
  }

  private void integerNow(Hypertable hypertable, TableName function, TimeColumn column) {
    if (!TimeColumnChecks.isInteger(column)) {
      refuse(
          hypertable.table(),
          "integerNow is for integer columns, and %s is none".formatted(hypertable.timeColumn()));
      return;
    }
    if (!source.isTrue(
        DOING,
        """
        select exists (select from pg_catalog.pg_proc p
                         join pg_catalog.pg_namespace n on n.oid = p.pronamespace
                         join pg_catalog.pg_type t on t.oid = p.prorettype
                        where n.nspname = ? and p.proname = ? and p.pronargs = 0
                          and p.provolatile in ('s', 'i') and t.typname = ?)
        """,
        function.schema(),
        function.name(),
        column.type())) {
      refuse(
          hypertable.table(),
          "the source has no stable function %s without arguments that returns %s, as integerNow says"
              .formatted(function, column.type()));
    }
  }

  private void refuse(TableName table, String why) {
    HypertableChecks.refuse(findings, table, why);
  }
}
