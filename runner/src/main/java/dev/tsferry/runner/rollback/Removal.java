package dev.tsferry.runner.rollback;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a rollback removes, from three lists of objects: on the target before the run, on the target
 * now, and carried by the run. Only what is new and was carried is the run's.
 *
 * @param drops what is removed, what lies in a removed schema left out
 * @param kept what is new and not the run's
 * @param inTheWay what of it lies in a schema that would be removed with it
 */
record Removal(
    List<DatabaseObject> drops, List<DatabaseObject> kept, List<DatabaseObject> inTheWay) {
  private static final List<String> LATE = List.of("schema", "chunk", "extension", "role");

  Removal {
    drops = List.copyOf(drops);
    kept = List.copyOf(kept);
    inTheWay = List.copyOf(inTheWay);
  }

  static Removal of(
      Set<DatabaseObject> before, Set<DatabaseObject> now, Set<DatabaseObject> carried) {
    Set<DatabaseObject> created = new LinkedHashSet<>(now);
    created.removeAll(before);
    Set<String> schemas =
        created.stream()
            .filter(object -> object.kind().equals("schema") && carried.contains(object))
            .map(DatabaseObject::identity)
            .collect(Collectors.toSet());
    List<DatabaseObject> drops = new ArrayList<>();
    List<DatabaseObject> kept = new ArrayList<>();
    List<DatabaseObject> inTheWay = new ArrayList<>();
    for (DatabaseObject object : created) {
      boolean inside = schemas.contains(object.schema());
      if (!carried.contains(object)) {
        // A chunk goes or stays with what it belongs to.
        if (!object.isInternal()) {
          (inside ? inTheWay : kept).add(object);
        }
      } else if (!inside) {
        drops.add(object);
      }
    }
    // Objects first, then the schemas around others, then what is left of their chunks, since a
    // compressed hypertable goes only with the one that it belongs to; roles when nothing of theirs
    // is left.
    drops.sort(
        Comparator.comparingInt(
            object -> LATE.indexOf(object.isInternal() ? "chunk" : object.kind())));
    return new Removal(drops, kept, inTheWay);
  }
}
