package dev.tsferry.cli.discovery;

import java.util.Locale;

/** What a migration is called where the user does not say: after its source. */
final class MigrationName {
  // RDS allows 63 characters, the names that the stack makes of it fewer.
  private static final int LENGTH = 40;

  private MigrationName() {}

  /**
   * A name that the plan allows.
   *
   * @param identifier RDS's, or a host name or address
   */
  static String of(String identifier) {
    String name = identifier.toLowerCase(Locale.ROOT);
    boolean address = name.matches("[0-9.:]+");
    name = (address ? name : name.split("[.]", 2)[0]).replaceAll("[^a-z0-9]+", "-");
    if (!name.matches("[a-z].*")) {
      name = "db-" + name;
    }
    if (name.length() > LENGTH) {
      name = name.substring(0, LENGTH);
    }
    name = name.replaceAll("-+$", "");
    return name.length() < 2 ? name + "-db" : name;
  }
}
