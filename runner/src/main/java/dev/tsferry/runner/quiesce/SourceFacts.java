package dev.tsferry.runner.quiesce;

import dev.tsferry.runner.postgres.Session;
import dev.tsferry.runner.preflight.UserObjects;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What of the source can change without a row of a table: sequences and definitions, each as a
 * short text that is another one when it changed.
 *
 * <pre>
 * sequence shop.invoice_number → 1035
 * the definitions of functions → 5f2c…
 * </pre>
 */
final class SourceFacts {
  private static final String DOING = "reading the source's sequences and definitions";
  private static final String NOT_TEMPORARY =
      "exists (select from pg_catalog.pg_class c where c.oid = %s and c.relpersistence <> 't')";

  // Which catalogue holds what, the order and the condition of its rows.
  private static final List<List<String>> CATALOGUES =
      List.of(
          List.of("tables, views and indexes", "pg_class", "oid", "relpersistence <> 't'"),
          List.of(
              "columns",
              "pg_attribute",
              "attrelid, attnum",
              "attrelid >= 16384 and " + NOT_TEMPORARY.formatted("attrelid")),
          List.of("functions", "pg_proc", "oid", "true"),
          List.of("types", "pg_type", "oid", "typrelid = 0 and typcategory <> 'A'"),
          List.of("constraints", "pg_constraint", "oid", "true"),
          List.of("triggers", "pg_trigger", "oid", "true"),
          List.of("rules", "pg_rewrite", "oid", "true"),
          List.of("row security policies", "pg_policy", "oid", "true"),
          List.of("schemas", "pg_namespace", "oid", "nspname !~ '^pg_(toast_)?temp'"),
          List.of("extensions", "pg_extension", "oid", "true"));

  private SourceFacts() {}

  /** Everything as it is now. */
  static SortedMap<String, String> of(Session session) {
    StringBuilder sql =
        new StringBuilder(
            """
            select 'sequence ' || format('%%I.%%I', s.schemaname, s.sequencename), s.last_value::text
              from pg_catalog.pg_sequences s join pg_catalog.pg_namespace n on n.nspname = s.schemaname
             where %s
            """
                .formatted(UserObjects.SCHEMA));
    for (List<String> catalogue : CATALOGUES) {
      sql.append(
          """
           union all
          select 'the definitions of %1$s',
                 md5(string_agg(concat_ws(' ', %2$s, xmin), ' ' order by %2$s)) from pg_catalog.%3$s
           where %4$s and %5$s
          """
              .formatted(
                  catalogue.get(0),
                  catalogue.get(2),
                  catalogue.get(1),
                  catalogue.get(2).equals("oid") ? "oid >= 16384" : "true",
                  catalogue.get(3)));
    }
    SortedMap<String, String> facts = new TreeMap<>();
    session.list(
        DOING,
        sql.toString(),
        row -> facts.put(row.getString(1), String.valueOf(row.getString(2))));
    return facts;
  }

  /** What is another, new or gone. */
  static List<String> changed(Map<String, String> before, Map<String, String> now) {
    SortedMap<String, String> all = new TreeMap<>(before);
    all.putAll(now);
    List<String> changed = new ArrayList<>();
    for (String name : all.keySet()) {
      if (!String.valueOf(before.get(name)).equals(String.valueOf(now.get(name)))) {
        changed.add(name);
      }
    }
    return changed;
  }
}
