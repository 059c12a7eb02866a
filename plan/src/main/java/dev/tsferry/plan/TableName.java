package dev.tsferry.plan;

import static java.util.Objects.requireNonNull;

/** A table's schema and name as the catalogue has them, unquoted; either may hold any character. */
public record TableName(String schema, String name) {
  public TableName {
    requireNonNull(schema, "schema is null");
    requireNonNull(name, "name is null");
  }

  @Override
  public String toString() {
    return schema + "." + name;
  }
}
