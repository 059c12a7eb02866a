package dev.tsferry.runner.preflight;

import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.runner.postgres.Session;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Whether text means the same and sorts the same on both sides. */
final class EncodingChecks {
  private static final String DOING = "looking at encodings and collations";

  private final Session source;
  private final Session target;
  private final Findings findings;

  EncodingChecks(Session source, Session target, Findings findings) {
    this.source = source;
    this.target = target;
    this.findings = findings;
  }

  /** A database's default collation; what its server's version doesn't know is empty. */
  record Locale(String encoding, String provider, String name, String version) {}

  void database() {
    judge(locale(source), locale(target), findings);
  }

  static void judge(Locale before, Locale after, Findings findings) {
    if (before.encoding().equals("SQL_ASCII")) {
      findings.warning(
          "encoding-unknown",
          "source",
          "its encoding is SQL_ASCII: nobody checked what its text is; what is not valid %s stops the load; char(n) is padded to n bytes there, to n characters here"
              .formatted(after.encoding()),
          "find the tables whose text is of another encoding, and convert it");
    } else if (!before.encoding().equals(after.encoding())) {
      findings.warning(
          "encoding",
          "source and target",
          "the source's encoding is %s and the target's %s; text that can't be converted stops the load"
              .formatted(before.encoding(), after.encoding()),
          "see that no text holds characters that %s lacks".formatted(after.encoding()));
    }
    if (!before.provider().equals(after.provider()) || !before.name().equals(after.name())) {
      findings.warning(
          "collation",
          "source and target",
          "text sorts by %s (%s) on the source and by %s (%s) on the target"
              .formatted(before.name(), before.provider(), after.name(), after.provider()),
          "see whether the order of text matters: in queries, in range partitions by text, in unique keys that ignore case");
    } else if (!before.version().equals(after.version())) {
      findings.info(
          "collation-version",
          "source and target",
          "version %s of the collation %s (%s) on the source, %s on the target; text may sort in another order"
              .formatted(
                  known(before.version()),
                  before.name(),
                  before.provider(),
                  known(after.version())));
    }
  }

  // Which locales there are depends on the operating system.
  void collations() {
    List<String> used =
        source.list(
            DOING,
            """
            select distinct c.collname::text
              from pg_catalog.pg_collation c
              join pg_catalog.pg_namespace cn on cn.oid = c.collnamespace
              join pg_catalog.pg_attribute a on a.attcollation = c.oid
              join pg_catalog.pg_class r on r.oid = a.attrelid
              join pg_catalog.pg_namespace n on n.oid = r.relnamespace
             where cn.nspname = 'pg_catalog' and c.collname not in ('default', 'C', 'POSIX')
               and %s
            """
                .formatted(UserObjects.SCHEMA),
            row -> row.getString(1));
    if (used.isEmpty()) {
      return;
    }
    Set<String> there =
        new HashSet<>(
            target.list(
                DOING,
                "select collname::text from pg_catalog.pg_collation"
                    + " where collnamespace = 'pg_catalog'::regnamespace",
                row -> row.getString(1)));
    for (String collation : used) {
      if (!there.contains(collation)) {
        findings.error(
            "collation-missing",
            ErrorCode.TARGET_UNSUITABLE,
            "collation " + collation,
            "columns of the source use it and the target's operating system has none of that name",
            "give the columns a collation that both sides have, for example one of ICU");
      }
    }
  }

  private static Locale locale(Session session) {
    return session
        .first(
            DOING,
            """
            select current_setting('server_encoding'),
                   case coalesce(to_jsonb(d) ->> 'datlocprovider', 'c')
                     when 'c' then 'libc' when 'i' then 'ICU' else 'built in' end,
                   coalesce(to_jsonb(d) ->> 'datlocale', to_jsonb(d) ->> 'daticulocale', d.datcollate),
                   coalesce(to_jsonb(d) ->> 'datcollversion', '')
              from pg_catalog.pg_database d where d.datname = current_database()
            """,
            row ->
                new Locale(row.getString(1), row.getString(2), row.getString(3), row.getString(4)))
        .orElseThrow();
  }

  private static String known(String version) {
    return version.isEmpty() ? "unknown" : version;
  }
}
