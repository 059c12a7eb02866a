package dev.tsferry.runner.privilege;

/**
 * What can have an owner or privileges.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-grant.html">GRANT</a>
 */
public enum ObjectKind {
  DATABASE("DATABASE", "DATABASE"),
  SCHEMA("SCHEMA", "SCHEMA"),
  TABLE("TABLE", "TABLE"),
  VIEW("VIEW", "TABLE"),
  MATERIALIZED_VIEW("MATERIALIZED VIEW", "TABLE"),
  FOREIGN_TABLE("FOREIGN TABLE", "TABLE"),
  SEQUENCE("SEQUENCE", "SEQUENCE"),
  ROUTINE("ROUTINE", "ROUTINE"),
  TYPE("TYPE", "TYPE"),
  DOMAIN("DOMAIN", "DOMAIN"),
  LANGUAGE("LANGUAGE", "LANGUAGE"),
  FOREIGN_DATA_WRAPPER("FOREIGN DATA WRAPPER", "FOREIGN DATA WRAPPER"),
  FOREIGN_SERVER("SERVER", "FOREIGN SERVER"),
  LARGE_OBJECT("LARGE OBJECT", "LARGE OBJECT"),
  OPERATOR("OPERATOR", ""),
  OPERATOR_CLASS("OPERATOR CLASS", ""),
  OPERATOR_FAMILY("OPERATOR FAMILY", ""),
  COLLATION("COLLATION", ""),
  CONVERSION("CONVERSION", ""),
  TEXT_SEARCH_CONFIGURATION("TEXT SEARCH CONFIGURATION", ""),
  TEXT_SEARCH_DICTIONARY("TEXT SEARCH DICTIONARY", ""),
  STATISTICS("STATISTICS", "");

  private final String alterWord;
  private final String grantWord;

  ObjectKind(String alterWord, String grantWord) {
    this.alterWord = alterWord;
    this.grantWord = grantWord;
  }

  /** What follows ALTER. */
  String alterWord() {
    return alterWord;
  }

  /** What follows GRANT … ON; empty for what has no privileges. */
  String grantWord() {
    return grantWord;
  }
}
