package dev.tsferry.runner.timescaledb;

import dev.tsferry.runner.postgres.Server;
import dev.tsferry.runner.postgres.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Compares what only TimescaleDB's own catalogue says: its rows, chunk for chunk. */
public final class TimescaleComparison {
  private static final String DOING = "comparing TimescaleDB's catalogues";

  // When the extension was made, and by which licence, is each side's own matter.
  private static final String TABLES =
      """
      select format('%I.%I', n.nspname, c.relname),
             case when c.relname = 'bgw_job' then 'id >= 1000' else 'true' end
        from pg_catalog.pg_extension e, unnest(e.extconfig) x
        join pg_catalog.pg_class c on c.oid = x
        join pg_catalog.pg_namespace n on n.oid = c.relnamespace
       where e.extname = 'timescaledb' and c.relkind = 'r'
         and c.relname not in ('metadata', 'tablespace')
       order by 1
      """;

  // Rows are counted through the hypertables; here it is only whether each chunk has its table.
  // Later versions keep no row of a dropped chunk, nor the column.
  private static final String CHUNKS =
      """
      select format('%I.%I', c.schema_name, c.table_name),
             to_regclass(format('%I.%I', c.schema_name, c.table_name)) is not null
        from _timescaledb_catalog.chunk c
       where not coalesce((to_jsonb(c) ->> 'dropped')::boolean, false)
      """;

  private final Server source;
  private final Server target;

  public TimescaleComparison(Server source, Server target) {
    this.source = source;
    this.target = target;
  }

  /**
   * What was found.
   *
   * @param chunks chunks of the target
   * @param jobs jobs of users
   * @param aggregates continuous aggregates by their quoted names
   * @param differences every difference in words
   */
  public record Result(int chunks, int jobs, List<String> aggregates, List<String> differences) {
    public Result {
      aggregates = List.copyOf(aggregates);
      differences = List.copyOf(differences);
    }
  }

  /** Compares all; the number of the rows of ordinary tables is another class's work. */
  public Result compare() {
    try (Session sourceSession = source.connect("verify");
        Session targetSession = target.connect("verify")) {
      Map<String, String> before = facts(sourceSession);
      Map<String, String> after = facts(targetSession);
      SortedSet<String> keys = new TreeSet<>(before.keySet());
      keys.addAll(after.keySet());
      List<String> differences = new ArrayList<>();
      for (String key : keys) {
        if (!Objects.equals(before.get(key), after.get(key))) {
          differences.add(
              "%s is %s on the source and %s on the target"
                  .formatted(key, shown(before.get(key)), shown(after.get(key))));
        }
      }
      if (RestoreMode.isOn(targetSession)) {
        differences.add("the target is still in TimescaleDB's restore mode");
      }
      return new Result(
          count(after, "chunk "), jobs(targetSession), aggregates(targetSession), differences);
    }
  }

  private static Map<String, String> facts(Session session) {
    Map<String, String> facts = new TreeMap<>();
    for (String[] table :
        session.list(DOING, TABLES, row -> new String[] {row.getString(1), row.getString(2)})) {
      // An owner is translated, and a job is off until all is verified.
      session.list(
          DOING,
          "select (to_jsonb(t) - 'owner' - 'scheduled')::text, count(*) from %s t where %s group by 1"
              .formatted(table[0], table[1]),
          row ->
              facts.put(
                  "catalogue row of %s %s".formatted(table[0], row.getString(1)),
                  row.getString(2)));
    }
    session.list(
        DOING,
        CHUNKS,
        row -> facts.put("chunk " + row.getString(1), row.getBoolean(2) ? "there" : "missing"));
    return facts;
  }

  private static int jobs(Session session) {
    return (int)
        session.number(
            DOING,
            "select count(*) from %s where id >= %d"
                .formatted(JobTable.of(session).quoted(), JobTable.FIRST_USER_JOB));
  }

  private static List<String> aggregates(Session session) {
    return session.list(
        DOING,
        "select format('%I.%I', user_view_schema, user_view_name)"
            + " from _timescaledb_catalog.continuous_agg order by 1",
        row -> row.getString(1));
  }

  private static int count(Map<String, String> facts, String prefix) {
    return (int) facts.keySet().stream().filter(key -> key.startsWith(prefix)).count();
  }

  private static String shown(String value) {
    return value == null ? "missing" : value;
  }
}
