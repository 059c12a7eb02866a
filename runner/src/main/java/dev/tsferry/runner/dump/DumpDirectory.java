package dev.tsferry.runner.dump;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tsferry.plan.Json;
import dev.tsferry.plan.TableName;
import dev.tsferry.runner.dump.DumpManifest.DumpFile;
import dev.tsferry.runner.file.AtomicFile;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The files of a dump. Each is written under another name, made safe on the disk and only then
 * given its own; the dump is complete by its manifest, which comes last.
 *
 * <pre>
 * roles.sql  settings.json  pre-data.sql  [catalogue.sql]  data.sql  post-data.sql  [hypertable-keys.sql]
 * manifest.json
 * </pre>
 */
public final class DumpDirectory {
  public static final String ROLES = "roles.sql";
  public static final String SETTINGS = "settings.json";
  public static final String PRE_DATA = "pre-data.sql";
  public static final String DATA = "data.sql";
  public static final String POST_DATA = "post-data.sql";

  /** Foreign keys to hypertables, of a TimescaleDB source only. */
  public static final String HYPERTABLE_KEYS = "hypertable-keys.sql";

  /** Rows of TimescaleDB's own tables, of a TimescaleDB source that is streamed. */
  public static final String CATALOGUE = "catalogue.sql";

  private static final List<String> FILES =
      List.of(ROLES, SETTINGS, PRE_DATA, CATALOGUE, DATA, POST_DATA, HYPERTABLE_KEYS);

  private final Path directory;
  private final Map<String, DumpFile> written = new ConcurrentHashMap<>();
  private final ObjectMapper mapper = Json.lenient();

  public DumpDirectory(Path directory) {
    this.directory = directory.toAbsolutePath();
  }

  /** Where a file of the dump is. */
  public Path file(String name) {
    return directory.resolve(name);
  }

  /** Makes the directory, and removes what an unfinished dump left. */
  public void clear() throws IOException {
    AtomicFile.makePrivate(directory);
    written.clear();
    Files.deleteIfExists(file(DumpManifest.FILE));
    removeArchives();
    for (String name : FILES) {
      Files.deleteIfExists(file(name));
      Files.deleteIfExists(part(name));
    }
  }

  /** Room for files in bytes. */
  public long usableBytes() throws IOException {
    AtomicFile.makePrivate(directory);
    return Files.getFileStore(directory).getUsableSpace();
  }

  /** The manifest, if there is a complete dump of the run {@code runId}. */
  public Optional<DumpManifest> manifest(String runId) throws IOException {
    if (!Files.exists(file(DumpManifest.FILE))) {
      return Optional.empty();
    }
    DumpManifest manifest;
    try {
      manifest = mapper.readValue(file(DumpManifest.FILE).toFile(), DumpManifest.class);
    } catch (JacksonException e) {
      // Of another version, or somebody's own file: as good as none.
      return Optional.empty();
    }
    for (Map.Entry<String, DumpFile> entry : manifest.files().entrySet()) {
      Path file = file(entry.getKey());
      if (!Files.exists(file) || Files.size(file) != entry.getValue().bytes()) {
        return Optional.empty();
      }
    }
    return manifest.version() == DumpManifest.VERSION && manifest.runId().equals(runId)
        ? Optional.of(manifest)
        : Optional.empty();
  }

  /** Writes {@code in} as it is. */
  public void raw(String name, InputStream in) throws IOException {
    try (DumpFileWriter out = new DumpFileWriter(part(name))) {
      in.transferTo(out);
      out.flush();
      written.put(name, out.finished());
    }
  }

  /** Writes the schema {@code in} as it goes to the target. */
  public SchemaDump schema(String name, String step, InputStream in, RewriteRules rules)
      throws IOException {
    try (DumpFileWriter out = new DumpFileWriter(part(name))) {
      SchemaDump schema = SchemaDump.rewrite(step, in, out, rules);
      out.flush();
      written.put(name, out.finished());
      return schema;
    }
  }

  /** Writes the schema {@code in} to two files, the second with what the rules leave for later. */
  public SchemaDump schema(
      String name, String laterName, String step, InputStream in, RewriteRules rules)
      throws IOException {
    try (DumpFileWriter out = new DumpFileWriter(part(name));
        DumpFileWriter later = new DumpFileWriter(part(laterName))) {
      SchemaDump schema = SchemaDump.rewrite(step, in, out, later, rules);
      out.flush();
      later.flush();
      written.put(name, out.finished());
      written.put(laterName, later.finished());
      return schema;
    }
  }

  /**
   * Writes the rows {@code in}.
   *
   * @param merger tables whose rows go into others
   * @param onTable told each table before its rows
   */
  public DataDump data(String name, InputStream in, Merger merger, Consumer<TableName> onTable)
      throws IOException {
    try (DumpFileWriter out = new DumpFileWriter(part(name))) {
      DataDump data = DataDump.copy(in, out, merger, onTable);
      out.flush();
      written.put(name, out.finished());
      return data;
    }
  }

  /** The tables of a file of rows, in its order. */
  public List<TableName> tables(String name) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file(name)))) {
      return DataDump.select(in, OutputStream.nullOutputStream(), table -> true, sequence -> true)
          .tables()
          .stream()
          .map(DataDump.TableRows::table)
          .toList();
    }
  }

  /**
   * The file of rows that can be loaded: a copy of {@link #DATA} without tables and sequences that
   * the target doesn't have.
   *
   * @param sequences given a sequence's name as a literal of SQL
   */
  public Path loadable(Predicate<TableName> tables, Predicate<String> sequences)
      throws IOException {
    Path loadable = part(DATA + ".loadable");
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file(DATA)));
        DumpFileWriter out = new DumpFileWriter(loadable)) {
      DataDump.select(in, out, tables, sequences);
      out.flush();
    }
    return loadable;
  }

  /**
   * The rows in files for several programs at a time.
   *
   * @param first what is loaded before everything else
   * @param atATime what is loaded then
   * @param last what is no table's rows
   */
  public record Parts(Path first, List<Path> atATime, Path last) {
    public Parts {
      atATime = List.copyOf(atATime);
    }

    /** Every file. */
    public List<Path> all() {
      List<Path> all = new ArrayList<>(atATime);
      all.add(first);
      all.add(last);
      return all;
    }
  }

  /**
   * Splits {@link #DATA}.
   *
   * @param rows of the dump's tables in its order
   * @param ledgerRow what the transaction of the dump's n-th table begins with
   * @param wanted whether the n-th table is still to be loaded
   * @param tables that the target has
   * @param sequences that the target has, as literals of SQL
   */
  public Parts parts(
      List<DataDump.TableRows> rows,
      int jobs,
      IntFunction<String> ledgerRow,
      Predicate<Integer> wanted,
      Predicate<TableName> tables,
      Predicate<String> sequences)
      throws IOException {
    Map<Integer, OutputStream> outputs = new LinkedHashMap<>();
    List<Path> files = new ArrayList<>();
    DataParts parts = new DataParts(LoadOrder.of(rows, jobs), ledgerRow, wanted, tables, sequences);
    Path last = part(DATA + ".last");
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file(DATA)));
        DumpFileWriter rest = new DumpFileWriter(last)) {
      for (int bin = LoadOrder.FIRST; bin < jobs; bin++) {
        files.add(part("%s.%d".formatted(DATA, bin + 1)));
        outputs.put(bin, new DumpFileWriter(files.get(files.size() - 1)));
      }
      parts.split(in, outputs, rest);
    } finally {
      for (OutputStream output : outputs.values()) {
        output.close();
      }
    }
    return new Parts(files.get(0), files.subList(1, files.size()), last);
  }

  /** A file of pg_dump's own form, which is turned into the schema's files and removed. */
  public Path schemaArchive() {
    return part("schema.dump");
  }

  /** Writes {@link #schemaArchive}. */
  public void schemaArchive(InputStream in) throws IOException {
    try (DumpFileWriter out = new DumpFileWriter(schemaArchive())) {
      in.transferTo(out);
    }
  }

  /** A directory of pg_dump's own form, which is turned into {@link #DATA} and removed. */
  public Path archive() {
    return part(DATA + ".d");
  }

  /** Removes {@link #schemaArchive}, and {@link #archive} with all that is in it. */
  public void removeArchives() throws IOException {
    Files.deleteIfExists(schemaArchive());
    if (!Files.isDirectory(archive())) {
      return;
    }
    try (Stream<Path> files = Files.walk(archive())) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  /** Size of what is in {@link #archive}, in bytes. */
  public long archiveBytes() {
    try (Stream<Path> files = Files.list(archive())) {
      return files.mapToLong(file -> file.toFile().length()).sum();
    } catch (IOException e) {
      return 0;
    }
  }

  /** Size of a file that is being written in bytes. */
  public long partBytes(String name) {
    try {
      return Files.size(part(name));
    } catch (IOException e) {
      return 0;
    }
  }

  /** Gives a file that was written whole its name. */
  public void publish(String name) throws IOException {
    AtomicFile.publish(part(name), file(name));
  }

  /** Sizes and digests of the files that were written. */
  public Map<String, DumpFile> files() {
    return Map.copyOf(written);
  }

  /** Makes the dump complete. */
  public void complete(DumpManifest manifest) throws IOException {
    AtomicFile.replaceDurably(file(DumpManifest.FILE), mapper.writeValueAsBytes(manifest));
  }

  private Path part(String name) {
    return directory.resolve("." + name + ".part");
  }
}
