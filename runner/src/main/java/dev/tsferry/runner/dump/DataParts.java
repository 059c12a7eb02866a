package dev.tsferry.runner.dump;

import dev.tsferry.plan.TableName;
import dev.tsferry.runner.dump.DumpScanner.Item;
import dev.tsferry.runner.dump.DumpScanner.MetaCommand;
import dev.tsferry.runner.dump.DumpScanner.Statement;
import dev.tsferry.runner.dump.SqlTokens.Token;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.Predicate;

/**
 * Splits the rows of a dump so that several programs load them at a time. In a part, each table's
 * rows are a transaction of their own that begins with a row in the ledger; what is no table's rows
 * (large objects, sequence values) comes last, for one transaction.
 */
final class DataParts {
  private static final int WORDS = 6;

  private final LoadOrder order;
  private final IntFunction<String> firstStatement;
  private final Predicate<Integer> wanted;
  private final Predicate<TableName> tables;
  private final Predicate<String> sequences;

  /**
   * @param firstStatement of the transaction of the dump's n-th table
   * @param wanted whether the n-th table is still to be loaded
   * @param tables that the target has
   * @param sequences that the target has, as literals of SQL
   */
  DataParts(
      LoadOrder order,
      IntFunction<String> firstStatement,
      Predicate<Integer> wanted,
      Predicate<TableName> tables,
      Predicate<String> sequences) {
    this.order = order;
    this.firstStatement = firstStatement;
    this.wanted = wanted;
    this.tables = tables;
    this.sequences = sequences;
  }

  /**
   * Splits {@code in}, which {@link DataDump#copy} wrote.
   *
   * @param parts an output for each bin
   */
  void split(InputStream in, Map<Integer, OutputStream> parts, OutputStream last)
      throws IOException {
    DumpScanner scanner = new DumpScanner(in);
    List<OutputStream> all = new ArrayList<>(parts.values());
    all.add(last);
    boolean begun = false;
    int table = 0;
    for (Optional<Item> item = scanner.next(); item.isPresent(); item = scanner.next()) {
      if (item.get() instanceof MetaCommand command) {
        // The guard against commands in the rows opens and closes each part.
        String line = SchemaDump.allowed(command).line() + "\n";
        for (OutputStream part : all) {
          part.write(SchemaDump.bytes(line));
        }
        continue;
      }
      String text = ((Statement) item.get()).text();
      List<Token> tokens = SqlTokens.of(text, WORDS);
      if (RewriteRules.starts(tokens, "copy")) {
        begun = true;
        TableName name = new TableName(tokens.get(1).value(), tokens.get(3).value());
        boolean load = wanted.test(table) && tables.test(name);
        OutputStream part =
            load ? parts.get(order.bins().get(table)) : OutputStream.nullOutputStream();
        part.write(
            SchemaDump.bytes("BEGIN;\n%s;\n%s".formatted(firstStatement.apply(table), text)));
        scanner.copyRows(part);
        part.write(SchemaDump.bytes("COMMIT;\n"));
        table++;
      } else if (!begun && isSessionState(tokens)) {
        for (OutputStream part : all) {
          part.write(SchemaDump.bytes(text + "\n"));
        }
      } else if (!isSetval(tokens) || sequences.test(SqlTokens.decoded(tokens.get(5).value()))) {
        begun = true;
        last.write(SchemaDump.bytes(text + "\n"));
      }
    }
  }

  private static boolean isSessionState(List<Token> tokens) {
    return RewriteRules.starts(tokens, "set")
        || (tokens.size() > 3
            && RewriteRules.starts(tokens, "select", "pg_catalog")
            && tokens.get(3).is("set_config"));
  }

  // SELECT pg_catalog.setval('"s"."q"', 7, true);
  private static boolean isSetval(List<Token> tokens) {
    return tokens.size() == WORDS
        && tokens.get(3).is("setval")
        && RewriteRules.starts(tokens, "select", "pg_catalog");
  }
}
