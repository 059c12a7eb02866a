package dev.tsferry.runner.dump;

import dev.tsferry.runner.dump.DataDump.TableRows;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What says that a dump is complete: written last, after every file of it is safe on the disk.
 *
 * <pre>
 * {"version":2,"runId":"…","snapshot":"00000003-0000001B-1","takenAt":"2026-11-20T10:02:11Z",
 *  "files":{"data.sql":{"bytes":734003200,"sha256":"…"}},"tables":[…]}
 * </pre>
 *
 * @param runId the run that it belongs to
 * @param snapshot the exported snapshot that all sections were read in
 * @param tables every table's rows, as of the snapshot
 */
public record DumpManifest(
    int version,
    String runId,
    String snapshot,
    Instant takenAt,
    Map<String, DumpFile> files,
    SchemaDump preData,
    SchemaDump postData,
    List<TableRows> tables) {

  public static final int VERSION = 2;

  /** The manifest's own file name. */
  public static final String FILE = "manifest.json";

  public DumpManifest {
    files = Map.copyOf(files);
    tables = List.copyOf(tables);
  }

  /** A file of the dump, its digest in hexadecimal digits. */
  public record DumpFile(long bytes, String sha256) {}

  /** The rows of all tables together. */
  public long rows() {
    return tables.stream().mapToLong(TableRows::rows).sum();
  }

  /** The size of all rows in the dump in bytes. */
  public long rowBytes() {
    return tables.stream().mapToLong(TableRows::bytes).sum();
  }
}
