package dev.tsferry.runner.compare;

import static java.util.Objects.requireNonNull;

import java.util.Comparator;

/**
 * What an object is called, the same on both sides.
 *
 * @param kind such as {@code index}
 * @param name quoted as the server quotes it, such as {@code shop."Order Lines"}
 */
record ObjectKey(String kind, String name) implements Comparable<ObjectKey> {
  private static final Comparator<ObjectKey> ORDER =
      Comparator.comparing(ObjectKey::kind).thenComparing(ObjectKey::name);

  ObjectKey {
    requireNonNull(kind, "kind is null");
    requireNonNull(name, "name is null");
  }

  @Override
  public int compareTo(ObjectKey other) {
    return ORDER.compare(this, other);
  }
}
