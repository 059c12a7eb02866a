package dev.tsferry.runner.dump;

import dev.tsferry.plan.TableName;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Tables that are carried as parts of one: the partitions of a table that becomes a hypertable, and
 * the tables that inherit from it. Their rows go into it; they themselves stay behind.
 *
 * @param roots the tables that stay, with how the server quotes them
 * @param members each table and index that goes, and the root that takes its rows
 */
public record Merger(Map<TableName, String> roots, Map<TableName, TableName> members) {
  /** Nothing is merged. */
  public static final Merger NONE = new Merger(Map.of(), Map.of());

  public Merger {
    roots = Map.copyOf(roots);
    members = Map.copyOf(members);
  }

  /** The table that has the rows of {@code table} in the end. */
  public TableName rootOf(TableName table) {
    return members.getOrDefault(table, table);
  }

  Optional<TableName> rootOfMember(TableName name) {
    return Optional.ofNullable(members.get(name));
  }

  boolean isRoot(TableName table) {
    return roots.containsKey(table);
  }

  Set<TableName> rootNames() {
    return roots.keySet();
  }
}
