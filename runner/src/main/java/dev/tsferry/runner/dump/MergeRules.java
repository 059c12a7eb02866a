package dev.tsferry.runner.dump;

import dev.tsferry.plan.TableName;
import dev.tsferry.runner.dump.RewriteRules.Decision;
import dev.tsferry.runner.dump.RewriteRules.Drop;
import dev.tsferry.runner.dump.RewriteRules.Replace;
import dev.tsferry.runner.dump.SqlTokens.Kind;
import dev.tsferry.runner.dump.SqlTokens.Token;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is done with the schema statements of tables that are merged into one: those about a
 * partition or an heir stay behind, and those about the root lose what makes it a parent.
 */
final class MergeRules {
  private static final Set<String> NAMED = Set.of("table", "column", "index");
  private static final int ALL = Integer.MAX_VALUE;

  private final Merger merger;

  MergeRules(Merger merger) {
    this.merger = merger;
  }

  /** What becomes of a statement, or empty if it has nothing to do with merged tables. */
  Optional<Decision> decide(String statement, List<Token> tokens) {
    if (merger.members().isEmpty()) {
      return Optional.empty();
    }
    Optional<TableName> subject = subject(tokens);
    Optional<TableName> root = subject.flatMap(merger::rootOfMember);
    if (root.isPresent()) {
      return Optional.of(drop(root.get()));
    }
    if (isAttach(tokens) && subject.isPresent()) {
      Optional<TableName> attached = attached(tokens).flatMap(merger::rootOfMember);
      return attached.map(MergeRules::drop);
    }
    if (subject.isPresent() && merger.isRoot(subject.get())) {
      return ofRoot(statement, tokens);
    }
    return Optional.empty();
  }

  private static Decision drop(TableName root) {
    return new Drop("its rows go into the hypertable " + root);
  }

  private static Optional<Decision> ofRoot(String statement, List<Token> tokens) {
    if (RewriteRules.starts(tokens, "create", "table")) {
      return withoutPartitioning(statement);
    }
    int only = indexOf(tokens, "only");
    if (isIndex(tokens) && only > 0) {
      String whole =
          statement.substring(0, tokens.get(only).start())
              + statement.substring(tokens.get(only + 1).start());
      return Optional.of(new Replace(whole, "a hypertable's index is one of its chunks too"));
    }
    return Optional.empty();
  }

  // ) PARTITION BY RANGE ("at"); every name is quoted, so that the words are SQL's own.
  private static Optional<Decision> withoutPartitioning(String statement) {
    List<Token> all = SqlTokens.of(statement, ALL);
    for (int i = all.size() - 2; i > 0; i--) {
      if (all.get(i).is("partition") && all.get(i + 1).is("by")) {
        return Optional.of(
            new Replace(
                statement.substring(0, all.get(i).start()).stripTrailing() + ";",
                "it becomes a hypertable, which has chunks in place of partitions"));
      }
    }
    return Optional.empty();
  }

  /** The table or index that a statement is about. */
  private static Optional<TableName> subject(List<Token> tokens) {
    if (RewriteRules.starts(tokens, "create", "table")
        || RewriteRules.starts(tokens, "alter", "index")) {
      return name(tokens, 2);
    }
    if (RewriteRules.starts(tokens, "create", "unlogged", "table")) {
      return name(tokens, 3);
    }
    if (RewriteRules.starts(tokens, "alter", "table")) {
      return name(tokens, tokens.get(2).is("only") ? 3 : 2);
    }
    if (isIndex(tokens)) {
      int on = indexOf(tokens, "on");
      return on < 0
          ? Optional.empty()
          : name(tokens, tokens.get(on + 1).is("only") ? on + 2 : on + 1);
    }
    if (RewriteRules.starts(tokens, "comment", "on") && tokens.size() > 5) {
      if (NAMED.contains(tokens.get(2).value())) {
        return name(tokens, 3);
      }
      return tokens.get(4).is("on") ? name(tokens, 5) : Optional.empty();
    }
    return Optional.empty();
  }

  private static boolean isIndex(List<Token> tokens) {
    return RewriteRules.starts(tokens, "create", "index")
        || RewriteRules.starts(tokens, "create", "unique", "index");
  }

  private static boolean isAttach(List<Token> tokens) {
    return RewriteRules.starts(tokens, "alter") && indexOf(tokens, "attach") > 0;
  }

  private static Optional<TableName> attached(List<Token> tokens) {
    int at = indexOf(tokens, "attach");
    return tokens.get(at + 1).is("partition") ? name(tokens, at + 2) : Optional.empty();
  }

  private static Optional<TableName> name(List<Token> tokens, int at) {
    return at + 2 < tokens.size()
            && tokens.get(at).kind() == Kind.NAME
            && tokens.get(at + 1).is(".")
            && tokens.get(at + 2).kind() == Kind.NAME
        ? Optional.of(new TableName(tokens.get(at).value(), tokens.get(at + 2).value()))
        : Optional.empty();
  }

  private static int indexOf(List<Token> tokens, String word) {
    for (int i = 0; i + 2 < tokens.size(); i++) {
      if (tokens.get(i).is(word)) {
        return i;
      }
    }
    return -1;
  }
}
