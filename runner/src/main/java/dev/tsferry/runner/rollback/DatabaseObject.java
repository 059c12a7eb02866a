package dev.tsferry.runner.rollback;

import static java.util.Objects.requireNonNull;

/**
 * An object as the server identifies it.
 *
 * @param kind such as {@code table}, {@code schema} or {@code role}
 * @param schema the schema that it is in, quoted; empty for what is in none
 * @param identity unambiguous and quoted, such as {@code shop.total(integer)}
 * @see <a
 *     href="https://www.postgresql.org/docs/current/functions-info.html#FUNCTIONS-INFO-OBJECT-TABLE">pg_identify_object</a>
 */
record DatabaseObject(String kind, String schema, String identity) {
  DatabaseObject {
    requireNonNull(kind, "kind is null");
    requireNonNull(schema, "schema is null");
    requireNonNull(identity, "identity is null");
  }

  /** Whether it is a part of TimescaleDB's own, which goes with what it belongs to. */
  boolean isInternal() {
    return schema.equals(ObjectCatalog.CHUNK_SCHEMA);
  }

  @Override
  public String toString() {
    return kind + " " + identity;
  }
}
