package dev.tsferry.runner.dump;

import dev.tsferry.plan.TableName;
import dev.tsferry.runner.dump.SqlTokens.Kind;
import dev.tsferry.runner.dump.SqlTokens.Token;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * A statement of a schema file that makes an index or a key of one table, and so needs that table's
 * rows and not those of all others.
 *
 * @param name the index's or constraint's
 */
public record TableStatement(
    Making making, TableName table, String name, SchemaStatement statement) {
  /** What the name of each one's row in the ledger begins with. */
  public static final String ROW = "post-data-";

  private static final int WORDS = 12;

  /** What is made. */
  public enum Making {
    /** A primary key, unique or exclusion constraint, which has an index. */
    KEY,
    INDEX,
    FOREIGN_KEY
  }

  /** All of a file, in its order. */
  public static List<TableStatement> of(Path file) throws IOException {
    List<TableStatement> found = new ArrayList<>();
    try (SchemaFile statements = new SchemaFile(file)) {
      for (Optional<SchemaStatement> next = statements.next();
          next.isPresent();
          next = statements.next()) {
        of(next.get()).ifPresent(found::add);
      }
    }
    return found;
  }

  /** What the statement makes, or empty if it is none of the kind. */
  public static Optional<TableStatement> of(SchemaStatement statement) {
    List<Token> tokens = SqlTokens.of(SqlTokens.encoded(statement.text()), WORDS);
    if (RewriteRules.starts(tokens, "alter", "table")) {
      return constraint(statement, tokens, tokens.size() > 2 && tokens.get(2).is("only") ? 3 : 2);
    }
    if (RewriteRules.starts(tokens, "create", "index")) {
      return index(statement, tokens, 2);
    }
    return RewriteRules.starts(tokens, "create", "unique", "index")
        ? index(statement, tokens, 3)
        : Optional.empty();
  }

  // ALTER TABLE ONLY "s"."t" ADD CONSTRAINT "c" PRIMARY KEY ("id");
  private static Optional<TableStatement> constraint(
      SchemaStatement statement, List<Token> tokens, int at) {
    int add = at + 3;
    if (tokens.size() < add + 4
        || !isName(tokens, at)
        || !tokens.get(add).is("add")
        || !tokens.get(add + 1).is("constraint")) {
      return Optional.empty();
    }
    Optional<Making> making =
        switch (tokens.get(add + 3).value()) {
          case "primary", "unique", "exclude" -> Optional.of(Making.KEY);
          case "foreign" -> Optional.of(Making.FOREIGN_KEY);
          default -> Optional.empty();
        };
    return making.map(t -> made(t, statement, tokens, at, tokens.get(add + 2)));
  }

  // CREATE INDEX "i" ON "s"."t" USING "btree" ("a");
  private static Optional<TableStatement> index(
      SchemaStatement statement, List<Token> tokens, int name) {
    int at = tokens.size() > name + 2 && tokens.get(name + 2).is("only") ? name + 3 : name + 2;
    return tokens.size() > at && tokens.get(name + 1).is("on") && isName(tokens, at)
        ? Optional.of(made(Making.INDEX, statement, tokens, at, tokens.get(name)))
        : Optional.empty();
  }

  private static TableStatement made(
      Making making, SchemaStatement statement, List<Token> tokens, int table, Token name) {
    return new TableStatement(
        making,
        new TableName(tokens.get(table).value(), tokens.get(table + 2).value()),
        name.value(),
        statement);
  }

  private static boolean isName(List<Token> tokens, int at) {
    return at + 2 < tokens.size()
        && tokens.get(at).kind() == Kind.NAME
        && tokens.get(at + 1).is(".")
        && tokens.get(at + 2).kind() == Kind.NAME;
  }

  /** The name of the statement's row in the ledger, the same for the same statement. */
  public static String row(SchemaStatement statement) {
    byte[] text = statement.text().getBytes(StandardCharsets.UTF_8);
    return ROW + HexFormat.of().formatHex(Digests.sha256().digest(text), 0, 16);
  }

  /** The name of its row in the ledger. */
  public String row() {
    return row(statement);
  }

  /** The same foreign key without a look at the rows that are there, where it would look. */
  public Optional<SchemaStatement> notValid() {
    String text = statement.text().stripTrailing();
    String head = text.endsWith(";") ? text.substring(0, text.length() - 1) : text;
    return head.endsWith(" NOT VALID") || head.endsWith(" NOT ENFORCED")
        ? Optional.empty()
        : Optional.of(new SchemaStatement(head + " NOT VALID;"));
  }
}
