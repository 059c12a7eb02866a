package dev.tsferry.runner.verify;

import dev.tsferry.plan.TableName;

/**
 * A table or materialized view that holds rows of its own.
 *
 * @param quoted schema and name as the server quotes them
 * @param view whether it is a materialized view
 * @param populated false for a materialized view that was never filled
 * @param hypertable whether it is a hypertable
 * @param chunks the hypertable's chunks
 * @param hidden whether its policies hold for its owner too, so that nobody here sees its rows
 * @param bytes size without indexes
 */
record Relation(
    TableName name,
    String quoted,
    boolean view,
    boolean populated,
    boolean hypertable,
    int chunks,
    boolean hidden,
    long bytes) {

  /** The statement after which its owner sees its rows; to be rolled back. */
  String revealing() {
    return "alter table " + (hypertable ? "" : "only ") + quoted + " no force row level security";
  }

  /** The query that counts its rows, and nobody else's. */
  String countQuery() {
    return "select pg_catalog.count(*) from " + (hypertable ? "" : "only ") + quoted;
  }

  /**
   * The query for its server's estimate of its rows, for the quoted name; null where one of its
   * parts was never analyzed.
   */
  String estimateQuery() {
    String parts =
        hypertable
            ? "c.oid in (select inhrelid from pg_catalog.pg_inherits where inhparent = to_regclass(?))"
            : "c.oid = to_regclass(?)";
    return "select case when bool_or(c.reltuples < 0"
        + " or (c.reltuples = 0 and pg_catalog.pg_relation_size(c.oid) > 0))"
        + " then null else coalesce(sum(c.reltuples), 0)::bigint end"
        + " from pg_catalog.pg_class c where "
        + parts;
  }
}
