package dev.tsferry.runner.compare;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An object of one side with all that is to be equal about it.
 *
 * @param parent name of what it belongs to and is missing with, or null
 * @param classId the catalogue that it is in, an object id of that side
 * @param objectId its object id on that side
 * @param facts what is known of it by name, such as {@code valid} → {@code true}
 */
record CatalogueObject(
    ObjectKey key, String parent, long classId, long objectId, SortedMap<String, String> facts) {

  CatalogueObject {
    requireNonNull(key, "key is null");
    facts = Collections.unmodifiableSortedMap(new TreeMap<>(facts));
  }

  CatalogueObject withPlainNames() {
    return new CatalogueObject(
        new ObjectKey(key.kind(), QuotedNames.plain(key.name())),
        QuotedNames.plain(parent),
        classId,
        objectId,
        facts);
  }

  /** A fact, or the empty text where there is none. */
  String fact(String name) {
    return facts.getOrDefault(name, "");
  }

  CatalogueObject with(SortedMap<String, String> more) {
    SortedMap<String, String> all = new TreeMap<>(facts);
    all.putAll(more);
    return new CatalogueObject(key, parent, classId, objectId, all);
  }
}
