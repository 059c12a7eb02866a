package dev.tsferry.runner.dump;

import dev.tsferry.plan.TableName;
import dev.tsferry.runner.dump.SqlTokens.Kind;
import dev.tsferry.runner.dump.SqlTokens.Token;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is done with a schema statement that the target would refuse. Looks at a statement's first
 * words only, so that nothing in a text or a body can be taken for one.
 *
 * @param hypertables tables that become hypertables
 * @param skippedExtensions extensions that stay behind, each with the reason
 * @param targetMajor the target's major version
 * @param owners roles that stand for the owner of either side
 * @param later foreign keys that go into a file of their own, to be loaded after all else
 * @param merger tables that are carried as one
 */
public record RewriteRules(
    Set<TableName> hypertables,
    Map<String, String> skippedExtensions,
    int targetMajor,
    Set<String> owners,
    Set<ConstraintName> later,
    Merger merger) {
  private static final int WORDS = 32;
  private static final String COLUMN_VERSION = "pg_attver";
  private static final Set<String> TRANSACTION_WORDS =
      Set.of("begin", "commit", "rollback", "abort", "end", "savepoint", "release");

  public RewriteRules {
    hypertables = Set.copyOf(hypertables);
    skippedExtensions = Map.copyOf(skippedExtensions);
    owners = Set.copyOf(owners);
    later = Set.copyOf(later);
  }

  /** Rules that leave nothing for later. */
  public RewriteRules(
      Set<TableName> hypertables, Map<String, String> skippedExtensions, int targetMajor) {
    this(hypertables, skippedExtensions, targetMajor, Set.of(), Set.of(), Merger.NONE);
  }

  /** What becomes of a statement. */
  sealed interface Decision permits Keep, Omit, Drop, Replace, Later, Both {}

  /** It goes to the target as it is. */
  record Keep() implements Decision {}

  /** It stays behind, and nobody misses it. */
  record Omit() implements Decision {}

  /** It stays behind. */
  record Drop(String reason) implements Decision {}

  /** Another one goes in its place. */
  record Replace(String statement, String reason) implements Decision {}

  /** It goes to the target after all else. */
  record Later() implements Decision {}

  /** It sets what the statements after it depend on, those for later too. */
  record Both() implements Decision {}

  Decision decide(String statement) throws DumpSyntaxException {
    List<Token> tokens = SqlTokens.of(statement, WORDS);
    if (tokens.isEmpty() || starts(tokens, ";")) {
      return new Keep();
    }
    if (isTransactionControl(tokens)) {
      throw new DumpSyntaxException(
          "a schema dump has a transaction command: " + statement.strip());
    }
    if (starts(tokens, "set", "standard_conforming_strings") && !tokens.get(3).is("on")) {
      throw new DumpSyntaxException("the dump was made with standard_conforming_strings = off");
    }
    if (starts(tokens, "comment", "on", "extension")) {
      return new Drop("only an extension's owner may comment on it");
    }
    if (starts(tokens, "create", "event", "trigger")
        || starts(tokens, "alter", "event", "trigger")
        || starts(tokens, "comment", "on", "event", "trigger")) {
      return new Drop("event triggers need a superuser");
    }
    if (starts(tokens, "create", "user", "mapping")) {
      return new Drop("user mappings hold passwords, which are not carried");
    }
    if (starts(tokens, "set", "transaction_timeout") && targetMajor < 17) {
      return new Drop("servers before 17 don't know the setting");
    }
    if (starts(tokens, "create", "extension")) {
      return extension(tokens);
    }
    if (starts(tokens, "create", "policy")) {
      return policy(statement, tokens);
    }
    if (!later.isEmpty() && (starts(tokens, "set") || starts(tokens, "select"))) {
      return new Both();
    }
    if (!later.isEmpty() && isLater(tokens)) {
      return new Later();
    }
    Optional<Decision> merged = new MergeRules(merger).decide(statement, tokens);
    if (merged.isPresent()) {
      return merged.get();
    }
    int version = columnVersion(tokens);
    if (version > 0) {
      return withoutColumnVersion(statement, tokens, version);
    }
    return alterTableOnly(statement, tokens);
  }

  /**
   * Where a statement sets the server's own mark on a column, or -1: servers since 15.20 and 17.12
   * keep it among the column's settings, and an older pg_dump takes it for one of the user's.
   */
  private static int columnVersion(List<Token> tokens) {
    if (starts(tokens, "alter", "table") || starts(tokens, "alter", "foreign", "table")) {
      for (int i = 2; i + 3 < tokens.size(); i++) {
        if (tokens.get(i).is(COLUMN_VERSION)
            && (tokens.get(i - 1).is("(") || tokens.get(i - 1).is(","))) {
          return i;
        }
      }
    }
    return -1;
  }

  private static Decision withoutColumnVersion(String statement, List<Token> tokens, int at) {
    boolean first = tokens.get(at - 1).is("(");
    boolean last = tokens.get(at + 3).is(")");
    if (first && last) {
      return new Omit();
    }
    int from = tokens.get(last ? at - 1 : at).start();
    int to = last ? tokens.get(at + 2).end() : tokens.get(at + 4).start();
    return new Replace(
        statement.substring(0, from) + statement.substring(to),
        COLUMN_VERSION + " is the server's own");
  }

  /** Whether {@code statement} begins or ends a transaction. */
  static boolean isTransactionControl(List<Token> tokens) {
    Token first = tokens.get(0);
    return first.kind() == Kind.WORD
        && (TRANSACTION_WORDS.contains(first.value()) || starts(tokens, "start", "transaction"));
  }

  static boolean starts(List<Token> tokens, String... words) {
    if (tokens.size() < words.length) {
      return false;
    }
    for (int i = 0; i < words.length; i++) {
      if (!tokens.get(i).is(words[i])) {
        return false;
      }
    }
    return true;
  }

  // ALTER TABLE ONLY "s"."t" ADD CONSTRAINT "c" FOREIGN KEY ...; without ONLY if "t" is
  // partitioned.
  // COMMENT ON CONSTRAINT "c" ON "s"."t" IS ...
  private boolean isLater(List<Token> tokens) {
    if (starts(tokens, "comment", "on", "constraint") && tokens.size() > 7) {
      return later.contains(constraint(tokens, 5, 3));
    }
    if (!starts(tokens, "alter", "table")) {
      return false;
    }
    int table = tokens.get(2).is("only") ? 3 : 2;
    return tokens.size() > table + 5
        && tokens.get(table + 3).is("add")
        && tokens.get(table + 4).is("constraint")
        && later.contains(constraint(tokens, table, table + 5));
  }

  private static ConstraintName constraint(List<Token> tokens, int table, int name) {
    return new ConstraintName(
        new TableName(tokens.get(table).value(), tokens.get(table + 2).value()),
        tokens.get(name).value());
  }

  // CREATE POLICY "p" ON "s"."t" FOR SELECT TO "a", "b" USING (...): the only statement of a schema
  // dump that names roles.
  private Decision policy(String statement, List<Token> tokens) {
    StringBuilder replaced = new StringBuilder();
    int done = 0;
    boolean roles = false;
    for (Token token : tokens) {
      if (token.kind() == Kind.WORD) {
        roles = token.is("to");
      } else if (roles && token.kind() == Kind.NAME && owners.contains(token.value())) {
        replaced.append(statement, done, token.start()).append("CURRENT_USER");
        done = token.end();
      }
    }
    return done == 0
        ? new Keep()
        : new Replace(
            replaced + statement.substring(done),
            "the target's user takes the place of the source's");
  }

  private Decision extension(List<Token> tokens) {
    int name = starts(tokens, "create", "extension", "if", "not", "exists") ? 5 : 2;
    String extension = tokens.get(name).value();
    return skippedExtensions.containsKey(extension)
        ? new Drop("the extension stays behind: " + skippedExtensions.get(extension))
        : new Keep();
  }

  private Decision alterTableOnly(String statement, List<Token> tokens) {
    if (!starts(tokens, "alter", "table", "only") || tokens.size() < 6) {
      return new Keep();
    }
    TableName table = new TableName(tokens.get(3).value(), tokens.get(5).value());
    if (!tokens.get(4).is(".") || !hypertables.contains(table)) {
      return new Keep();
    }
    String replaced =
        statement.substring(0, tokens.get(2).start()) + statement.substring(tokens.get(3).start());
    return new Replace(replaced, "TimescaleDB refuses ONLY on a hypertable");
  }
}
