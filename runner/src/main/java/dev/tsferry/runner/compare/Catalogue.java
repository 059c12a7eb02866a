package dev.tsferry.runner.compare;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What one side's database consists of, but for its rows.
 *
 * @param majorVersion the server's, such as 15
 * @param hypertables the hypertables' quoted names, each with its partitioning columns
 */
record Catalogue(
    int majorVersion,
    SortedMap<ObjectKey, CatalogueObject> objects,
    Map<String, Set<String>> hypertables) {

  Catalogue {
    objects = Collections.unmodifiableSortedMap(new TreeMap<>(requireNonNull(objects)));
    hypertables = Map.copyOf(new HashMap<>(hypertables));
  }

  /** The names of all objects, of whatever kind. */
  Set<String> names() {
    Set<String> names = new HashSet<>();
    objects.keySet().forEach(key -> names.add(key.name()));
    return names;
  }

  /** Where the object of this name is a relation that the plan may have converted. */
  boolean isHypertable(String name) {
    return name != null && hypertables.containsKey(name);
  }
}
