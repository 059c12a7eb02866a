package dev.tsferry.runner.stream.unit;

import dev.tsferry.plan.TableName;
import dev.tsferry.plan.report.MigrationReport.StreamedTable;
import dev.tsferry.runner.stream.digest.RowDigest;
import dev.tsferry.runner.stream.table.RowFormat;

/**
 * How the rows of a table were copied, or those of all chunks of a hypertable: a digest is a sum,
 * so that it doesn't matter which rows lie in which.
 *
 * @param bytes on the wire
 */
record Streamed(String format, String reason, int units, RowDigest digest, long bytes) {

  Streamed plus(Streamed other) {
    Streamed slower = format.equals(RowFormat.TEXT.word()) ? this : other;
    return new Streamed(
        slower.format,
        slower.reason,
        units + other.units,
        digest.plus(other.digest),
        bytes + other.bytes);
  }

  StreamedTable as(TableName name) {
    return new StreamedTable(
        name.schema(),
        name.name(),
        format,
        reason,
        units,
        digest.rows(),
        bytes,
        digest.hex(),
        false);
  }
}
