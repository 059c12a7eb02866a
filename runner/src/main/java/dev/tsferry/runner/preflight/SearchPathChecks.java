package dev.tsferry.runner.preflight;

import dev.tsferry.runner.postgres.Session;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Functions that run while the target is loaded and find a table or function only by the search
 * path, which is empty then. A guess from their text, and said to be one: dynamic SQL is not seen,
 * and a word that happens to be an object's name is.
 *
 * @see <a
 *     href="https://wiki.postgresql.org/wiki/A_Guide_to_CVE-2018-1058:_Protect_Your_Search_Path">why
 *     the search path is empty while a dump is loaded</a>
 */
final class SearchPathChecks {
  private static final String DOING = "looking at functions that run while the target is loaded";
  // A word that no dot stands before.
  private static final Pattern WORD =
      Pattern.compile("(?<![.\\w$\"])([a-z_][a-z0-9_$]*)(?!\\w*[\".])");
  private static final Pattern NO_CODE =
      Pattern.compile("--[^\\n]*|/\\*.*?\\*/|'(?:[^']|'')*'", Pattern.DOTALL);

  private final Session source;
  private final Findings findings;

  SearchPathChecks(Session source, Findings findings) {
    this.source = source;
    this.findings = findings;
  }

  private record Use(String function, String name, String body, String where) {}

  void check() {
    List<Use> uses = uses();
    if (uses.isEmpty()) {
      return;
    }
    Set<String> objects = objects();
    Map<String, Set<String>> names = new HashMap<>();
    Map<String, List<String>> places = new HashMap<>();
    for (Use use : uses) {
      Set<String> unqualified = unqualified(use.body(), objects);
      unqualified.remove(use.name());
      if (!unqualified.isEmpty()) {
        names.put(use.function(), unqualified);
        places.computeIfAbsent(use.function(), f -> new ArrayList<>()).add(use.where());
      }
    }
    names.forEach(
        (function, unqualified) ->
            findings.warning(
                "search-path",
                "function " + function,
                "used by %s, it seems to find %s by the search path, which is empty while the target is loaded (a guess from its text)"
                    .formatted(Findings.some(places.get(function)), String.join(", ", unqualified)),
                "name the schema in its body, or ALTER FUNCTION %s SET search_path = ...;"
                    .formatted(function)));
  }

  /** The names of {@code objects} that stand in {@code body} without a schema. */
  static Set<String> unqualified(String body, Set<String> objects) {
    String code = NO_CODE.matcher(body).replaceAll(" ").toLowerCase(Locale.ROOT);
    Set<String> found = new TreeSet<>();
    Matcher word = WORD.matcher(code);
    while (word.find()) {
      if (objects.contains(word.group(1))) {
        found.add(word.group(1));
      }
    }
    return found;
  }

  private List<Use> uses() {
    return source.list(
        DOING,
        """
        select distinct p.oid::regprocedure::text, p.proname::text, p.prosrc,
               pg_catalog.pg_describe_object(d.classid, d.objid, 0)
          from pg_catalog.pg_proc p
          join pg_catalog.pg_namespace n on n.oid = p.pronamespace
          join pg_catalog.pg_language l on l.oid = p.prolang
          join pg_catalog.pg_depend d
            on d.refclassid = 'pg_catalog.pg_proc'::regclass and d.refobjid = p.oid
          left join pg_catalog.pg_constraint k
            on d.classid = 'pg_catalog.pg_constraint'::regclass and k.oid = d.objid
          left join pg_catalog.pg_class i
            on d.classid = 'pg_catalog.pg_class'::regclass and i.oid = d.objid
          left join pg_catalog.pg_attrdef f
            on d.classid = 'pg_catalog.pg_attrdef'::regclass and f.oid = d.objid
          left join pg_catalog.pg_attribute a on a.attrelid = f.adrelid and a.attnum = f.adnum
          left join pg_catalog.pg_rewrite w
            on d.classid = 'pg_catalog.pg_rewrite'::regclass and w.oid = d.objid
          left join pg_catalog.pg_class v on v.oid = w.ev_class
         where l.lanname in ('sql', 'plpgsql') and p.prosrc <> '' and %s and %s
           and (k.contype = 'c' or i.relkind = 'i' or v.relkind = 'm'
                or coalesce(to_jsonb(a) ->> 'attgenerated', '') <> '')
           and not exists (select from unnest(p.proconfig) c where c like 'search_path=%%')
        """
            .formatted(UserObjects.SCHEMA, UserObjects.notOfExtension("pg_proc", "p.oid")),
        row -> new Use(row.getString(1), row.getString(2), row.getString(3), row.getString(4)));
  }

  private Set<String> objects() {
    return new HashSet<>(
        source.list(
            DOING,
            """
            select lower(c.relname)
              from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
             where c.relkind in ('r', 'p', 'v', 'm', 'S', 'f') and %1$s
            union
            select lower(p.proname)
              from pg_catalog.pg_proc p join pg_catalog.pg_namespace n on n.oid = p.pronamespace
             where %1$s
            """
                .formatted(UserObjects.SCHEMA),
            row -> row.getString(1)));
  }
}
