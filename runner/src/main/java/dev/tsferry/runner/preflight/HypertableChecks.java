package dev.tsferry.runner.preflight;

import dev.tsferry.plan.Hypertable;
import dev.tsferry.plan.TableName;
import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.runner.postgres.Session;
import dev.tsferry.runner.timescaledb.TimescaleExtension;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Whether the plan's tables can become hypertables. TimescaleDB itself would say so only after all
 * rows are loaded, when a key can't be made.
 *
 * @see <a
 *     href="https://github.com/timescale/timescaledb/blob/2.19.3/src/hypertable.c">TimescaleDB's
 *     own checks</a>
 */
public final class HypertableChecks {
  private static final String DOING = "looking at the plan's hypertables in the source";
  private static final String REFUSAL = "table %s can't become a hypertable: %s";

  private final Session source;
  private final Session target;
  private final Findings findings;
  private boolean readsRows = true;

  public HypertableChecks(Session source, Session target, Findings findings) {
    this.source = source;
    this.target = target;
    this.findings = findings;
  }

  private record Table(
      long oid,
      String kind,
      String persistence,
      boolean partition,
      boolean inherits,
      boolean heir) {}

  /** Checks every hypertable of the plan; reads their columns through where no index helps. */
  public void check(List<Hypertable> hypertables) {
    if (hypertables.isEmpty()) {
      return;
    }
    Optional<String> version =
        target.first(
            DOING,
            "select extversion from pg_catalog.pg_extension where extname = 'timescaledb'",
            row -> row.getString(1));
    if (version.isEmpty()) {
      findings.error(
          "target-without-timescaledb",
          ErrorCode.TARGET_UNSUITABLE,
          "target",
          "the plan has hypertables, but the target has no TimescaleDB",
          "run \"create extension timescaledb\" on the target");
      return;
    }
    Set<TableName> planned =
        hypertables.stream().map(Hypertable::table).collect(Collectors.toUnmodifiableSet());
    for (Hypertable hypertable : hypertables) {
      check(hypertable, planned, atLeast(version.get(), 2, 16), atLeast(version.get(), 2, 18));
    }
  }

  /**
   * Why a table that no plan names yet can't become a hypertable, from the catalogue alone.
   *
   * @param planned all tables that are to become hypertables
   */
  static List<String> obstacles(
      Session source, Session target, Hypertable hypertable, Set<TableName> planned) {
    Findings found = new Findings();
    HypertableChecks checks = new HypertableChecks(source, target, found);
    checks.readsRows = false;
    checks.check(hypertable, planned, true, true);
    String prefix = REFUSAL.formatted(hypertable.table(), "");
    return found.all().stream().map(finding -> finding.cause().replace(prefix, "")).toList();
  }

  private void check(
      Hypertable hypertable,
      Set<TableName> planned,
      boolean keysToHypertables,
      boolean transitions) {
    TableName name = hypertable.table();
    Optional<Table> found = table(name);
    if (found.isEmpty()) {
      refuse(name, "the source has no such table");
      return;
    }
    Table table = found.get();
    if (!isOrdinary(table) && !(hypertable.convert() && isRoot(table))) {
      refuse(name, "it is not an ordinary table: partitioned, a partition, inherited or a view");
      if (isRoot(table)) {
        findings.warning(
            "hypertable-convert",
            "table " + name,
            "with \"convert\": true in pipeline.hypertables of the plan, all rows of %s and the tables below it go into one hypertable"
                .formatted(name),
            "set it, or take the table out of pipeline.hypertables");
      }
      return;
    }
    if (!isOrdinary(table)) {
      new PartitionChecks(source, findings).check(name, table.oid(), table.kind().equals("p"));
    }
    if (!table.persistence().equals("p")) {
      refuse(name, "it is unlogged");
    }
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
    policies(hypertable);
    foreignKeys(name, table, planned, keysToHypertables);
    rest(name, table, transitions);
  }

  private Optional<Table> table(TableName name) {
    return source.first(
        DOING,
        """
        select c.oid, c.relkind, c.relpersistence, c.relispartition,
               exists (select from pg_catalog.pg_inherits i where c.oid in (i.inhrelid, i.inhparent)),
               exists (select from pg_catalog.pg_inherits i where c.oid = i.inhrelid)
          from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
         where n.nspname = ? and c.relname = ? and c.relkind in ('r', 'p', 'v', 'm', 'f')
        """,
        row ->
            new Table(
                row.getLong(1),
                row.getString(2),
                row.getString(3),
                row.getBoolean(4),
                row.getBoolean(5),
                row.getBoolean(6)),
        name.schema(),
        name.name());
  }

  private Optional<TimeColumn> column(Table table, String name) {
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

  private void keys(TableName name, Table table, TimeColumn column, String what) {
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

  private void dimension(Hypertable hypertable, Table table, Hypertable.Dimension dimension) {
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

  private void policies(Hypertable hypertable) {
    if (hypertable.wantsPolicies()
        && !TimescaleExtension.of(target).map(TimescaleExtension::fullEdition).orElse(false)) {
      findings.error(
          "hypertable-policies",
          ErrorCode.TARGET_UNSUITABLE,
          "table " + hypertable.table(),
          "the plan gives table %s a columnstore or a retention policy, which the target's Apache edition of TimescaleDB doesn't have"
              .formatted(hypertable.table()),
          "take columnstore and retention out of the plan, or give a target with the full edition");
    }
  }

  private static boolean isOrdinary(Table table) {
    return table.kind().equals("r") && !table.partition() && !table.inherits();
  }

  private static boolean isRoot(Table table) {
    return (table.kind().equals("p") || (table.kind().equals("r") && table.inherits()))
        && !table.partition()
        && !table.heir();
  }

  private void foreignKeys(
      TableName name, Table table, Set<TableName> planned, boolean keysToHypertables) {
    List<TableName> referencing =
        source.list(
            DOING,
            """
            select n.nspname, c.relname
              from pg_catalog.pg_constraint k
              join pg_catalog.pg_class c on c.oid = k.conrelid
              join pg_catalog.pg_namespace n on n.oid = c.relnamespace
             where k.contype = 'f' and k.confrelid = ?::oid and k.conparentid = 0
            """,
            row -> new TableName(row.getString(1), row.getString(2)),
            table.oid());
    for (TableName from : referencing) {
      if (planned.contains(from)) {
        refuse(
            name, "the foreign key of %s to it would be one between hypertables".formatted(from));
      } else if (!keysToHypertables) {
        refuse(
            name,
            "%s has a foreign key to it, which TimescaleDB allows from 2.16 only".formatted(from));
      }
    }
  }

  private void rest(TableName name, Table table, boolean transitions) {
    if (source.isTrue(
        DOING,
        "select exists (select from pg_catalog.pg_rewrite where ev_class = ?::oid)",
        table.oid())) {
      refuse(name, "it has rules");
    }
    // The lowest bit of tgtype: a row trigger.
    if (source.isTrue(
        DOING,
        """
        select exists (select from pg_catalog.pg_trigger
                        where tgrelid = ?::oid and (tgoldtable is not null or tgnewtable is not null)
                          and (tgtype & 1 = 1 or not ?))
        """,
        table.oid(),
        transitions)) {
      refuse(name, "it has a trigger with transition tables");
    }
    if (source.isTrue(
        DOING,
        """
        select exists (select from pg_catalog.pg_constraint
                        where conrelid = ?::oid and contype = 'c' and connoinherit)
        """,
        table.oid())) {
      refuse(name, "it has a check constraint with NO INHERIT");
    }
    if (source.isTrue(
        DOING,
        "select relrowsecurity or relreplident not in ('d', 'n') or reloftype <> 0"
            + " from pg_catalog.pg_class where oid = ?::oid",
        table.oid())) {
      refuse(name, "it has row-level security, a replica identity or a type of its own");
    }
  }

  private void refuse(TableName table, String why) {
    refuse(findings, table, why);
  }

  static void refuse(Findings findings, TableName table, String why) {
    findings.error(
        "hypertable-impossible",
        ErrorCode.SOURCE_UNSUITABLE,
        "table " + table,
        REFUSAL.formatted(table, why),
        "change the table, or take it out of pipeline.hypertables in the plan");
  }

  static boolean atLeast(String version, int major, int minor) {
    String[] parts = version.split("[^0-9]+", 3);
    int actualMajor = Integer.parseInt(parts[0]);
    int actualMinor = parts.length > 1 && !parts[1].isEmpty() ? Integer.parseInt(parts[1]) : 0;
    return actualMajor > major || (actualMajor == major && actualMinor >= minor);
  }
}
