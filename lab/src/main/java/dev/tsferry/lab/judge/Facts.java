package dev.tsferry.lab.judge;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What {@code scripts/judge} wrote down of one side: its schema as pg_dump has it, and lines of a
 * thing, a tab and a value.
 *
 * @param things what there is, and what is to be equal about each
 */
record Facts(SortedMap<String, List<String>> things) {
  private static final List<String> LISTS = List.of("contents", "roles", "timescaledb");

  /** Reads the folder of one side. */
  static Facts of(Path folder) throws IOException {
    String database = line(folder.resolve("database"));
    String owner = line(folder.resolve("owner"));
    SortedMap<String, List<String>> things =
        new TreeMap<>(DumpedSchema.read(text(folder.resolve("schema.sql")), database, owner));
    for (String list : LISTS) {
      Path file = folder.resolve(list);
      if (Files.exists(file)) {
        for (String line : text(file).lines().toList()) {
          String[] pair = line.split("\t", 2);
          things.computeIfAbsent(pair[0], unused -> new ArrayList<>()).add(pair[1]);
        }
      }
    }
    return new Facts(things);
  }

  private static String line(Path file) throws IOException {
    return text(file).stripTrailing();
  }

  // Databases in other encodings are dumped in theirs.
  private static String text(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
  }
}
