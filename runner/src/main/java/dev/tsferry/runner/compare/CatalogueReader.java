package dev.tsferry.runner.compare;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tsferry.plan.Json;
import dev.tsferry.runner.postgres.Server;
import dev.tsferry.runner.postgres.Session;
import dev.tsferry.runner.preflight.UserObjects;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads one side's catalogue with the queries that are resources next to this class. */
final class CatalogueReader {
  private static final String DOING = "reading the catalogue of the %s";
  private static final List<String> QUERIES =
      List.of(
          "database",
          "relations",
          "columns",
          "constraints",
          "sequences",
          "code",
          "types",
          "comments");
  private static final int SEQUENCES_AT_ONCE = 100;
  private static final TypeReference<Map<String, Object>> FACTS = new TypeReference<>() {};

  // Whatever the user's or the database's own settings are, both sides write values alike.
  private static final String SETTINGS =
      """
      select pg_catalog.set_config('datestyle', 'ISO, YMD', false), pg_catalog.set_config('intervalstyle', 'postgres', false),
             pg_catalog.set_config('timezone', 'UTC', false), pg_catalog.set_config('bytea_output', 'hex', false),
             pg_catalog.set_config('extra_float_digits', '1', false), pg_catalog.set_config('quote_all_identifiers', 'off', false),
             pg_catalog.set_config('default_transaction_read_only', 'on', false)
      """;

  private final Server server;
  private final Session session;
  private final String doing;
  private final ObjectMapper mapper = Json.lenient();

  CatalogueReader(Server server, Session session) {
    this.server = server;
    this.session = session;
    this.doing = DOING.formatted(server.side().word());
  }

  Catalogue read() {
    session.execute(doing, SETTINGS);
    SortedMap<ObjectKey, CatalogueObject> objects = new TreeMap<>();
    String prelude =
        resource("prelude")
            .replace("{user-schema}", UserObjects.SCHEMA)
            .replace("{chunk}", UserObjects.chunk(session));
    for (String name : QUERIES) {
      for (CatalogueObject object :
          session.list(doing, prelude + resource(name), row -> object(row))) {
        add(objects, object);
      }
    }
    sequenceValues(objects);
    SortedMap<ObjectKey, CatalogueObject> plain = new TreeMap<>();
    objects.values().forEach(object -> add(plain, object.withPlainNames()));
    return new Catalogue(server.majorVersion(), plain, hypertables());
  }

  /** The text of a query. */
  static String resource(String name) {
    try (InputStream in = CatalogueReader.class.getResourceAsStream(name + ".sql")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private CatalogueObject object(ResultSet row) throws SQLException {
    SortedMap<String, String> facts = new TreeMap<>();
    try {
      mapper
          .readValue(row.getString(6), FACTS)
          .forEach(
              (name, value) -> {
                if (value != null) {
                  facts.put(name, value.toString());
                }
              });
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the server's own JSON is none", e);
    }
    return new CatalogueObject(
        new ObjectKey(row.getString(1), row.getString(2)),
        row.getString(3),
        row.getLong(4),
        row.getLong(5),
        facts);
  }

  // Two objects under one name would hide each other.
  private static void add(SortedMap<ObjectKey, CatalogueObject> objects, CatalogueObject object) {
    ObjectKey key = object.key();
    CatalogueObject named = object;
    for (int i = 2; objects.putIfAbsent(key, named) != null; i++) {
      key = new ObjectKey(object.key().kind(), object.key().name() + " #" + i);
      named =
          new CatalogueObject(
              key, object.parent(), object.classId(), object.objectId(), object.facts());
    }
  }

  private void sequenceValues(SortedMap<ObjectKey, CatalogueObject> objects) {
    List<ObjectKey> keys =
        objects.keySet().stream().filter(key -> key.kind().equals("sequence")).toList();
    for (int i = 0; i < keys.size(); i += SEQUENCES_AT_ONCE) {
      List<ObjectKey> some = keys.subList(i, Math.min(keys.size(), i + SEQUENCES_AT_ONCE));
      List<String> queries = new ArrayList<>();
      for (int k = 0; k < some.size(); k++) {
        queries.add(
            "select %d as k, last_value::text, is_called::text from %s"
                .formatted(k, some.get(k).name()));
      }
      session.list(
          doing,
          String.join(" union all ", queries),
          row -> {
            ObjectKey key = some.get(row.getInt(1));
            SortedMap<String, String> value =
                new TreeMap<>(Map.of("last value", row.getString(2), "called", row.getString(3)));
            return objects.put(key, objects.get(key).with(value));
          });
    }
  }

  private Map<String, Set<String>> hypertables() {
    Map<String, Set<String>> hypertables = new HashMap<>();
    if (!session.isTrue(
        doing, "select pg_catalog.to_regclass('timescaledb_information.dimensions') is not null")) {
      return hypertables;
    }
    session.list(
        doing,
        "select format('%I.%I', hypertable_schema, hypertable_name), quote_ident(column_name)"
            + " from timescaledb_information.dimensions",
        row ->
            hypertables
                .computeIfAbsent(QuotedNames.plain(row.getString(1)), name -> new HashSet<>())
                .add(QuotedNames.plain(row.getString(2))));
    return hypertables;
  }
}
