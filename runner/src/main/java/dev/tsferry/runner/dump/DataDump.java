package dev.tsferry.runner.dump;

import dev.tsferry.plan.TableName;
import dev.tsferry.runner.dump.DumpScanner.CopiedRows;
import dev.tsferry.runner.dump.DumpScanner.Item;
import dev.tsferry.runner.dump.DumpScanner.MetaCommand;
import dev.tsferry.runner.dump.DumpScanner.Statement;
import dev.tsferry.runner.dump.SqlTokens.Token;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Passes pg_dump's rows on to a file, and counts them.
 *
 * <p>pg_dump puts BEGIN and COMMIT around large objects, which would commit a part of the load
 * before the rest; they are left out, since the whole is loaded in one transaction.
 *
 * @param tables every table in the order of the dump
 * @see <a
 *     href="https://github.com/postgres/postgres/blob/REL_17_STABLE/src/bin/pg_dump/pg_backup_archiver.c">StartRestoreLOs</a>
 */
public record DataDump(List<TableRows> tables) {
  private static final int WORDS = 6;

  public DataDump {
    tables = List.copyOf(tables);
  }

  /**
   * A table's rows in the dump.
   *
   * @param bytes size of the rows in the dump
   */
  public record TableRows(TableName table, long rows, long bytes) {}

  /**
   * Copies {@code in} to {@code out}.
   *
   * @param onTable told each table before its rows
   * @throws DumpSyntaxException if the dump is cut off or holds what pg_dump doesn't write
   */
  public static DataDump copy(InputStream in, OutputStream out, Consumer<TableName> onTable)
      throws IOException {
    return copy(in, out, Merger.NONE, onTable);
  }

  /** The same, and the rows of tables that are merged go into their roots. */
  static DataDump copy(InputStream in, OutputStream out, Merger merger, Consumer<TableName> onTable)
      throws IOException {
    DumpScanner scanner = new DumpScanner(in);
    DataDump dump = copy(scanner, out, merger, onTable, table -> true, sequence -> true);
    if (!scanner.complete()) {
      throw new DumpSyntaxException("pg_dump's closing line is missing");
    }
    return dump;
  }

  /**
   * Copies what {@link #copy} wrote to {@code out} but for tables and sequences that the target
   * doesn't have.
   *
   * @param sequences given a sequence's name as a literal of SQL
   */
  static DataDump select(
      InputStream in, OutputStream out, Predicate<TableName> tables, Predicate<String> sequences)
      throws IOException {
    return copy(new DumpScanner(in), out, Merger.NONE, table -> {}, tables, sequences);
  }

  private static DataDump copy(
      DumpScanner scanner,
      OutputStream out,
      Merger merger,
      Consumer<TableName> onTable,
      Predicate<TableName> tablesThere,
      Predicate<String> sequences)
      throws IOException {
    List<TableRows> tables = new ArrayList<>();
    for (Optional<Item> item = scanner.next(); item.isPresent(); item = scanner.next()) {
      if (item.get() instanceof MetaCommand command) {
        out.write(SchemaDump.bytes(SchemaDump.allowed(command).line() + "\n"));
        continue;
      }
      String text = ((Statement) item.get()).text();
      List<Token> tokens = SqlTokens.of(text, WORDS);
      if (RewriteRules.isTransactionControl(tokens)) {
        continue;
      }
      boolean copy = isCopy(tokens, text);
      TableName table = copy ? new TableName(tokens.get(1).value(), tokens.get(3).value()) : null;
      if (copy && !tablesThere.test(table)) {
        scanner.copyRows(OutputStream.nullOutputStream());
        continue;
      }
      if (isSetval(tokens) && !sequences.test(SqlTokens.decoded(tokens.get(5).value()))) {
        continue;
      }
      out.write(SchemaDump.bytes(copy ? intoRoot(text, tokens, merger) : text));
      if (copy) {
        table = merger.rootOf(table);
        onTable.accept(table);
        CopiedRows copied = scanner.copyRows(out);
        tables.add(new TableRows(table, copied.rows(), copied.bytes()));
      } else {
        out.write('\n');
      }
    }
    out.flush();
    return new DataDump(tables);
  }

  // SELECT pg_catalog.setval('"s"."q"', 7, true);
  private static boolean isSetval(List<Token> tokens) {
    return tokens.size() == WORDS
        && tokens.get(3).is("setval")
        && tokens.get(4).is("(")
        && RewriteRules.starts(tokens, "select", "pg_catalog");
  }

  // Columns are named in COPY, so that another order of them does no harm.
  private static String intoRoot(String text, List<Token> tokens, Merger merger) {
    return merger
        .rootOfMember(new TableName(tokens.get(1).value(), tokens.get(3).value()))
        .map(
            root ->
                text.substring(0, tokens.get(1).start())
                    + SqlTokens.encoded(merger.roots().get(root))
                    + text.substring(tokens.get(3).end()))
        .orElse(text);
  }

  private static boolean isCopy(List<Token> tokens, String text) throws DumpSyntaxException {
    if (!RewriteRules.starts(tokens, "copy")) {
      return false;
    }
    if (!text.endsWith(" FROM stdin;") || !tokens.get(2).is(".")) {
      throw new DumpSyntaxException("a COPY that pg_dump doesn't write: " + text);
    }
    return true;
  }
}
