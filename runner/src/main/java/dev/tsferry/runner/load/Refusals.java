package dev.tsferry.runner.load;

import dev.tsferry.runner.dump.SchemaStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;

/**
 * Tells what a target refuses for want of rights from what fails.
 *
 * <p>Only what needs a superuser counts, and what follows from it; that a table can't be created is
 * never passed over for its own sake.
 *
 * @see <a href="https://www.postgresql.org/docs/current/errcodes-appendix.html">Error codes</a>
 */
public final class Refusals {
  private static final String INSUFFICIENT_PRIVILEGE = "42501";

  // Something that isn't there, or not in the shape that the statement needs.
  private static final Set<String> AFTERMATH =
      Set.of(
          "42704", "42883", "42P01", "42703", "3F000", "42846", "42830", "42809", "42804", "42P02");

  private static final List<String[]> PRIVILEGED =
      List.of(
          words("create function"),
          words("create procedure"),
          words("alter function"),
          words("create aggregate"),
          words("create type"),
          words("create operator"),
          words("alter operator"),
          words("create cast"),
          words("create transform"),
          words("create access method"),
          words("create language"),
          words("create procedural language"),
          words("create trusted procedural language"),
          words("create or replace procedural language"),
          words("create or replace trusted procedural language"),
          words("create text search"),
          words("alter text search"),
          words("create conversion"),
          words("create default conversion"),
          words("create foreign"),
          words("create server"),
          words("alter foreign"),
          words("comment on"));

  private static final String FOREIGN_KEY_VIOLATION = "23503";

  private final boolean possible;
  private boolean listsBrokenKeys;
  private boolean brokenKey;
  private boolean some;

  /**
   * @param possible whether the source has something that the target can't have
   */
  public Refusals(boolean possible) {
    this.possible = possible;
  }

  /** Something was refused by an earlier step. */
  public Refusals after(boolean refusedBefore) {
    some |= refusedBefore;
    return this;
  }

  /** Foreign keys that rows break are refused, too, and so do not keep others from being made. */
  public Refusals listingBrokenKeys() {
    listsBrokenKeys = true;
    return this;
  }

  boolean isRefusal(SchemaStatement statement, SQLException e) {
    if (listsBrokenKeys && FOREIGN_KEY_VIOLATION.equals(e.getSQLState())) {
      brokenKey = true;
      return true;
    }
    if (brokenKey && isAftermath(e)) {
      return true;
    }
    if (!possible) {
      return false;
    }
    boolean refused =
        (INSUFFICIENT_PRIVILEGE.equals(e.getSQLState()) && isPrivileged(statement))
            || isUnknownLanguage(statement, e)
            || isUnknownAccessMethod(statement, e)
            || isMissingLibrary(statement, e)
            || isAggregateOverInternal(statement, e)
            || isGeneratedUnlikeItsParent(statement, e);
    if (refused) {
      some = true;
      return true;
    }
    return some && isAftermath(e);
  }

  boolean isAftermath(SQLException e) {
    return AFTERMATH.contains(String.valueOf(e.getSQLState()));
  }

  // A dump leaves a language's handler out where it is the system's, and the server then looks for
  // an extension of the language's name.
  private static boolean isUnknownLanguage(SchemaStatement statement, SQLException e) {
    return "0A000".equals(e.getSQLState())
        && PRIVILEGED.stream()
            .filter(words -> words[words.length - 1].equals("language"))
            .anyMatch(statement::starts);
  }

  // The table is then made with the default one, as every other table.
  private static boolean isUnknownAccessMethod(SchemaStatement statement, SQLException e) {
    return "22023".equals(e.getSQLState())
        && statement.starts("set", "default_table_access_method");
  }

  private static boolean isMissingLibrary(SchemaStatement statement, SQLException e) {
    return "58P01".equals(e.getSQLState()) && statement.starts("create", "function");
  }

  private static boolean isAggregateOverInternal(SchemaStatement statement, SQLException e) {
    return "42P13".equals(e.getSQLState()) && statement.starts("create", "aggregate");
  }

  // Since 16 a column may be generated only where its parent's is.
  private static boolean isGeneratedUnlikeItsParent(SchemaStatement statement, SQLException e) {
    return "42611".equals(e.getSQLState())
        && statement.starts("create", "table")
        && statement.text().contains("INHERITS (");
  }

  private static boolean isPrivileged(SchemaStatement statement) {
    return PRIVILEGED.stream().anyMatch(statement::starts);
  }

  private static String[] words(String text) {
    return text.split(" ");
  }
}
