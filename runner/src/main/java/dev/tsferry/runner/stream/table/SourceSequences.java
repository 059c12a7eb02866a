package dev.tsferry.runner.stream.table;

import dev.tsferry.runner.postgres.Session;
import java.util.ArrayList;
import java.util.List;

/**
 * The source's sequences as the statements that set them, which pg_dump leaves out together with
 * the rows of all tables.
 */
public final class SourceSequences {
  private static final String DOING = "reading the source's sequences";
  private static final int AT_ONCE = 100;

  private SourceSequences() {}

  private record Sequence(String quoted, String literal) {}

  /** A line such as {@code SELECT pg_catalog.setval('"s"."q"', 7, true);} for each sequence. */
  public static String statements(Session session) {
    List<Sequence> sequences =
        session.list(
            DOING,
            """
            select format('%%I.%%I', n.nspname, c.relname),
                   pg_catalog.concat('''', pg_catalog.replace(pg_catalog.concat(
                     '"', pg_catalog.replace(n.nspname, '"', '""'), '"."',
                     pg_catalog.replace(c.relname, '"', '""'), '"'), '''', ''''''), '''')
              from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
              %s
             where c.relkind = 'S' and %s
             order by c.oid
            """
                .formatted(SourceHeaps.CONFIG, SourceHeaps.CARRIED),
            row -> new Sequence(row.getString(1), row.getString(2)));
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < sequences.size(); i += AT_ONCE) {
      append(session, sequences.subList(i, Math.min(sequences.size(), i + AT_ONCE)), text);
    }
    return text.toString();
  }

  private static void append(Session session, List<Sequence> some, StringBuilder text) {
    List<String> queries = new ArrayList<>();
    for (int k = 0; k < some.size(); k++) {
      queries.add(
          "select %d as k, last_value::text, is_called::text from %s"
              .formatted(k, some.get(k).quoted()));
    }
    session.list(
        DOING,
        String.join(" union all ", queries) + " order by k",
        row ->
            text.append("SELECT pg_catalog.setval(")
                .append(some.get(row.getInt(1)).literal())
                .append(", ")
                .append(row.getString(2))
                .append(", ")
                .append(row.getString(3))
                .append(");\n"));
  }
}
