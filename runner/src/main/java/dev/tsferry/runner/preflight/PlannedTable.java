package dev.tsferry.runner.preflight;

import dev.tsferry.plan.TableName;
import dev.tsferry.runner.postgres.Session;
import java.util.Optional;

/**
 * A table of the source that the plan makes a hypertable.
 *
 * @param oid the table's object id
 * @param kind {@code relkind}
 * @param persistence the letter of the catalogue, p for what is logged
 * @param partition whether it is a partition
 * @param inherits whether it has heirs or is one
 * @param heir whether it inherits from another
 */
record PlannedTable(
    TableName name,
    long oid,
    String kind,
    String persistence,
    boolean partition,
    boolean inherits,
    boolean heir) {

  /** The table of that name, where the source has one. */
  static Optional<PlannedTable> find(Session source, TableName name) {
    return source.first(
        "looking at the plan's hypertables in the source",
        """
        select c.oid, c.relkind, c.relpersistence, c.relispartition,
               exists (select from pg_catalog.pg_inherits i where c.oid in (i.inhrelid, i.inhparent)),
               exists (select from pg_catalog.pg_inherits i where c.oid = i.inhrelid)
          from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
         where n.nspname = ? and c.relname = ? and c.relkind in ('r', 'p', 'v', 'm', 'f')
        """,
        row ->
            new PlannedTable(
                name,
                row.getLong(1),
                row.getString(2),
                row.getString(3),
                row.getBoolean(4),
                row.getBoolean(5),
                row.getBoolean(6)),
        name.schema(),
        name.name());
  }

  /** Neither partitioned nor a partition nor inherited. */
  boolean isOrdinary() {
    return kind.equals("r") && !partition && !inherits;
  }

  /** The top of a tree of partitions or heirs. */
  boolean isRoot() {
    return (kind.equals("p") || (kind.equals("r") && inherits)) && !partition && !heir;
  }
}
