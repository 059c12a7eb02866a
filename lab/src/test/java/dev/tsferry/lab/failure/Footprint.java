package dev.tsferry.lab.failure;

import dev.tsferry.lab.database.LabDatabase;
import dev.tsferry.lab.pipeline.Crossing;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Everything in a database that a run could have created or changed, one line each. */
final class Footprint {
  static final String SESSIONS =
      "select count(*) from pg_stat_activity where application_name like 'tsferry-%'";
  private static final String TIMESCALE_TABLES =
      """
      select format('select ''%s ''||to_jsonb(t)::text from %I.%I t', c.oid::regclass, n.nspname, c.relname)
        from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where n.nspname in ('_timescaledb_catalog', '_timescaledb_config') and c.relkind = 'r'
      """;

  // When TimescaleDB was installed is carried, as the guide's restore does, and means nothing.
  private static final String INSTALLED = "\"install_timestamp\"";

  private Footprint() {}

  static List<String> ofSource(Crossing crossing) {
    return of(crossing.source(), crossing.request().source().database());
  }

  static List<String> ofTarget(Crossing crossing) {
    return of(crossing.target(), crossing.request().target().database());
  }

  private static List<String> of(LabDatabase<?> server, String database) {
    List<String> lines =
        new ArrayList<>(server.asSuperuser(database, sql("footprint")).lines().toList());
    for (String query : server.asSuperuser(database, TIMESCALE_TABLES).lines().toList()) {
      lines.addAll(server.asSuperuser(database, query + " order by 1").lines().toList());
    }
    lines.removeIf(line -> line.contains(INSTALLED));
    return lines;
  }

  /** What one has and the other has not. */
  static List<String> differences(List<String> before, List<String> now) {
    List<String> differences = new ArrayList<>();
    before.stream()
        .filter(line -> !now.contains(line))
        .map("gone: "::concat)
        .forEach(differences::add);
    now.stream()
        .filter(line -> !before.contains(line))
        .map("new: "::concat)
        .forEach(differences::add);
    return differences;
  }

  static String sql(String name) {
    try (InputStream in = Footprint.class.getResourceAsStream(name + ".sql")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
