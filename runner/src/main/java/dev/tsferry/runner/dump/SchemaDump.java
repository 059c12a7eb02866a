package dev.tsferry.runner.dump;

import dev.tsferry.plan.report.MigrationReport.StatementChange;
import dev.tsferry.runner.dump.DumpScanner.Item;
import dev.tsferry.runner.dump.DumpScanner.MetaCommand;
import dev.tsferry.runner.dump.DumpScanner.Statement;
import dev.tsferry.runner.dump.RewriteRules.Both;
import dev.tsferry.runner.dump.RewriteRules.Decision;
import dev.tsferry.runner.dump.RewriteRules.Drop;
import dev.tsferry.runner.dump.RewriteRules.Later;
import dev.tsferry.runner.dump.RewriteRules.Omit;
import dev.tsferry.runner.dump.RewriteRules.Replace;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Makes from pg_dump's schema what goes to the target.
 *
 * @param statements statements that go to the target
 * @param digest SHA-256 of these statements in hexadecimal digits, without what differs from dump
 *     to dump of the same schema
 * @param changes what was dropped or changed, with the reason
 */
public record SchemaDump(int statements, String digest, List<StatementChange> changes) {
  private static final int SHOWN_LENGTH = 500;

  public SchemaDump {
    changes = List.copyOf(changes);
  }

  /**
   * Rewrites {@code in} to {@code out}.
   *
   * @param step the step that loads it, for the report
   * @throws DumpSyntaxException if the dump is cut off or holds what pg_dump doesn't write
   */
  public static SchemaDump rewrite(
      String step, InputStream in, OutputStream out, RewriteRules rules) throws IOException {
    return rewrite(step, in, out, OutputStream.nullOutputStream(), rules);
  }

  /**
   * The same, and what the rules leave for later goes to {@code later}, with whatever sets the
   * session's state.
   */
  static SchemaDump rewrite(
      String step, InputStream in, OutputStream out, OutputStream later, RewriteRules rules)
      throws IOException {
    DumpScanner scanner = new DumpScanner(in);
    BufferedOutputStream buffered = new BufferedOutputStream(out, 1 << 16);
    MessageDigest digest = Digests.sha256();
    List<StatementChange> changes = new ArrayList<>();
    int statements = 0;
    for (Optional<Item> item = scanner.next(); item.isPresent(); item = scanner.next()) {
      if (item.get() instanceof MetaCommand command) {
        buffered.write(bytes(allowed(command).line() + "\n"));
        continue;
      }
      String text = ((Statement) item.get()).text();
      Decision decision = rules.decide(text);
      if (decision instanceof Omit) {
        continue;
      }
      if (decision instanceof Drop drop) {
        changes.add(change(step, StatementChange.Kind.DROPPED, text, drop.reason()));
        continue;
      }
      if (decision instanceof Replace replace) {
        changes.add(change(step, StatementChange.Kind.CHANGED, text, replace.reason()));
        text = replace.statement();
      }
      byte[] bytes = bytes(text + "\n");
      digest.update(bytes);
      if (decision instanceof Later || decision instanceof Both) {
        later.write(bytes);
      }
      if (!(decision instanceof Later)) {
        buffered.write(bytes);
        statements++;
      }
    }
    if (!scanner.complete()) {
      throw new DumpSyntaxException("pg_dump's closing line is missing");
    }
    buffered.flush();
    return new SchemaDump(statements, HexFormat.of().formatHex(digest.digest()), changes);
  }

  /**
   * The two commands that pg_dump itself writes against others in a hostile dump.
   *
   * @see <a href="https://www.postgresql.org/support/security/CVE-2025-8714/">CVE-2025-8714</a>
   */
  static MetaCommand allowed(MetaCommand command) throws DumpSyntaxException {
    if (!command.line().matches("\\\\(un)?restrict [A-Za-z0-9]+")) {
      throw new DumpSyntaxException(
          "the dump has a command that pg_dump doesn't write: " + shown(command.line()));
    }
    return command;
  }

  static StatementChange change(
      String step, StatementChange.Kind kind, String statement, String reason) {
    return new StatementChange(step, kind, shown(statement), reason);
  }

  static String shown(String statement) {
    String text = withoutOptions(SqlTokens.decoded(statement.strip()));
    return text.length() <= SHOWN_LENGTH ? text : text.substring(0, SHOWN_LENGTH - 1) + "…";
  }

  // A foreign server's or user's options may hold a password.
  static String withoutOptions(String statement) {
    List<SqlTokens.Token> tokens = SqlTokens.of(statement, 3);
    boolean foreign =
        RewriteRules.starts(tokens, "create", "user", "mapping")
            || RewriteRules.starts(tokens, "create", "server")
            || RewriteRules.starts(tokens, "create", "foreign");
    int options = foreign ? statement.indexOf("OPTIONS (") : -1;
    return options < 0 ? statement : statement.substring(0, options) + "OPTIONS (…)";
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
