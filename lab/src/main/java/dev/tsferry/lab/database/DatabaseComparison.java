package dev.tsferry.lab.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Compares everything that a migration carries, on both sides: rows of every table by exact count
 * and digest, sequences, large objects, and the catalogue object by object. It shares no code with
 * the product, whose own verification it judges.
 *
 * <p>Not compared are owners, privileges, roles and settings, which a migration translates. A time
 * column that became NOT NULL with its table's conversion is named as a difference, since it is
 * one.
 */
public final class DatabaseComparison {
  private DatabaseComparison() {}

  /**
   * Differences in words, none if the target holds what the source holds, such as
   *
   * <pre>
   * rows of odd.twins: 307 rows with digest 12 on the source, 308 rows with digest 40 on the target
   * index shop.customers_search_idx: missing on the target
   * </pre>
   *
   * Extensions that the target has on top are no difference: a service brings its own.
   *
   * @throws SQLException if a side cannot be read completely
   */
  public static List<String> differences(Connection source, Connection target) throws SQLException {
    return differences(DatabaseContent.of(source), DatabaseContent.of(target));
  }

  /**
   * Differences within TimescaleDB, for a source that is TimescaleDB itself: every hypertable's
   * dimensions, and every chunk's range, rows, indexes, constraints and triggers.
   */
  public static List<String> differencesOfHypertables(Connection source, Connection target)
      throws SQLException {
    return differences(
        DatabaseContent.ofHypertables(source), DatabaseContent.ofHypertables(target));
  }

  static List<String> differences(DatabaseContent source, DatabaseContent target) {
    SortedMap<String, String> before = source.facts();
    SortedMap<String, String> after = target.facts();
    SortedSet<String> keys = new TreeSet<>(before.keySet());
    keys.addAll(after.keySet());
    List<String> differences = new ArrayList<>();
    for (String key : keys) {
      if (!after.containsKey(key)) {
        differences.add(key + ": missing on the target");
      } else if (!before.containsKey(key)) {
        if (!key.startsWith("extension ")) {
          differences.add(key + ": only on the target");
        }
      } else if (!Objects.equals(before.get(key), after.get(key))) {
        differences.add(
            "%s: %s on the source, %s on the target"
                .formatted(key, before.get(key), after.get(key)));
      }
    }
    return differences;
  }
}
