package dev.tsferry.runner.timescaledb;

import dev.tsferry.plan.TableName;
import dev.tsferry.runner.postgres.Session;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What one database's hypertables are to its user, so that rows are told under a name that the user
 * gave and what TimescaleDB keeps beside them is not taken for more rows.
 *
 * @param users those that the user made
 * @param batches TimescaleDB's own, whose chunks hold compressed rows of others
 * @param aggregates TimescaleDB's own that hold a continuous aggregate's rows, and the aggregate
 */
public record Hypertables(
    Set<TableName> users, Set<TableName> batches, Map<TableName, TableName> aggregates) {
  public static final Hypertables NONE = new Hypertables(Set.of(), Set.of(), Map.of());
  private static final String DOING = "reading TimescaleDB's hypertables";
  private static final String SQL =
      """
      select h.schema_name, h.table_name, a.user_view_schema, a.user_view_name,
             exists (select from _timescaledb_catalog.hypertable u where u.compressed_hypertable_id = h.id)
        from _timescaledb_catalog.hypertable h
        left join _timescaledb_catalog.continuous_agg a on a.mat_hypertable_id = h.id
      """;

  public Hypertables {
    users = Set.copyOf(users);
    batches = Set.copyOf(batches);
    aggregates = Map.copyOf(aggregates);
  }

  /** Those of one database; none where it has no TimescaleDB. */
  public static Hypertables of(Session session) {
    if (!session.isTrue(
        DOING, "select pg_catalog.to_regclass('_timescaledb_catalog.hypertable') is not null")) {
      return NONE;
    }
    Set<TableName> users = new HashSet<>();
    Set<TableName> batches = new HashSet<>();
    Map<TableName, TableName> aggregates = new HashMap<>();
    session.list(
        DOING,
        SQL,
        row -> {
          TableName name = new TableName(row.getString(1), row.getString(2));
          if (row.getBoolean(5)) {
            return batches.add(name);
          }
          if (row.getString(4) == null) {
            return users.add(name);
          }
          return aggregates.put(name, new TableName(row.getString(3), row.getString(4)));
        });
    return new Hypertables(users, batches, aggregates);
  }
}
