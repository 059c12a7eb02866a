package dev.tsferry.plan;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Optional;

/**
 * A table that becomes a hypertable on the target, before any row is loaded.
 *
 * <pre>
 * {"table":{"schema":"public","name":"metrics"},"timeColumn":"time","chunkInterval":"7 days",
 *  "dimensions":[{"column":"device","partitions":4}],
 *  "columnstore":{"after":"14 days","segmentBy":["device"],"orderBy":"time desc"},
 *  "retention":"2 years"}
 * </pre>
 *
 * @param timeColumn the column to partition by
 * @param chunkInterval an interval such as {@code 7 days}, or an integer for an integer column;
 *     null for TimescaleDB's default
 * @param dimensions further columns to partition by, none where the JSON has no such field
 * @param integerNow the function of the source that says what is now in an integer column's units;
 *     null for none
 * @param convert whether the table may be declaratively partitioned or have tables that inherit
 *     from it, all of whose rows then go into the one hypertable
 * @param columnstore when and how old chunks are compressed, or null
 * @param retention age, in the time column's units, at which chunks are dropped, or null
 */
public record Hypertable(
    TableName table,
    String timeColumn,
    String chunkInterval,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Dimension> dimensions,
    TableName integerNow,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean convert,
    Columnstore columnstore,
    String retention) {
  public Hypertable {
    requireNonNull(table, "table is null");
    requireNonNull(timeColumn, "timeColumn is null");
    dimensions = dimensions == null ? List.of() : List.copyOf(dimensions);
  }

  /** A hypertable of one dimension and without policies. */
  public Hypertable(TableName table, String timeColumn, String chunkInterval) {
    this(table, timeColumn, chunkInterval, List.of(), null, false, null, null);
  }

  /** The chunk interval, where the plan sets one. */
  public Optional<String> interval() {
    return Optional.ofNullable(chunkInterval);
  }

  /** The function that says what is now, where the plan names one. */
  public Optional<TableName> now() {
    return Optional.ofNullable(integerNow);
  }

  /** Whether it wants what only TimescaleDB's full edition does. */
  public boolean wantsPolicies() {
    return columnstore != null || retention != null;
  }

  /**
   * A further column to partition by; either by hash or by range.
   *
   * @param partitions number of partitions by hash, 1 to 32767, or null
   * @param interval size of a range, in the words of {@link Hypertable#chunkInterval}, or null
   */
  public record Dimension(String column, Integer partitions, String interval) {
    public Dimension {
      requireNonNull(column, "column is null");
    }
  }

  /**
   * How old chunks are compressed.
   *
   * @param after age of a chunk, in the time column's units
   * @param segmentBy columns whose values are kept together
   * @param orderBy SQL such as {@code time desc}, or null for TimescaleDB's own choice
   */
  public record Columnstore(
      String after,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> segmentBy,
      String orderBy) {
    public Columnstore {
      requireNonNull(after, "after is null");
      segmentBy = segmentBy == null ? List.of() : List.copyOf(segmentBy);
    }
  }
}
