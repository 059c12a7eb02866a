package dev.tsferry.runner.dump;

import dev.tsferry.plan.TableName;
import dev.tsferry.runner.dump.DataDump.TableRows;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which of a dump's tables are loaded at a time: TimescaleDB's own catalogue first and alone, the
 * others in bins of about the same size, the rows of one table in one bin.
 *
 * @param bins for each table of the dump, in its order, the number of its bin or {@link #FIRST}
 * @see <a href="https://docs.tigerdata.com/migrate/latest/troubleshooting/">Restoring with
 *     concurrency</a>
 */
record LoadOrder(List<Integer> bins) {
  /** The bin that is loaded before all others. */
  static final int FIRST = -1;

  private static final List<String> CATALOGUE =
      List.of("_timescaledb_catalog", "_timescaledb_config");

  LoadOrder {
    bins = List.copyOf(bins);
  }

  /** Fills {@code jobs} bins, the biggest table first into the emptiest bin. */
  static LoadOrder of(List<TableRows> tables, int jobs) {
    Map<TableName, Long> sizes = new LinkedHashMap<>();
    tables.forEach(rows -> sizes.merge(rows.table(), rows.bytes(), Long::sum));
    long[] filled = new long[jobs];
    Map<TableName, Integer> binOf = new LinkedHashMap<>();
    sizes.entrySet().stream()
        .filter(entry -> !CATALOGUE.contains(entry.getKey().schema()))
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .forEach(
            entry -> {
              int bin = emptiest(filled);
              binOf.put(entry.getKey(), bin);
              // A table without rows is a round trip all the same.
              filled[bin] += entry.getValue() + 1;
            });
    return new LoadOrder(
        tables.stream().map(rows -> binOf.getOrDefault(rows.table(), FIRST)).toList());
  }

  private static int emptiest(long[] filled) {
    long least = Arrays.stream(filled).min().orElseThrow();
    int bin = 0;
    while (filled[bin] != least) {
      bin++;
    }
    return bin;
  }
}
