package dev.tsferry.runner.step;

import dev.tsferry.plan.check.RunPreview.Where;
import dev.tsferry.runner.postgres.Session;

/** The database's own settings, which are in no dump, as statements for the target. */
final class SettingPreview {
  private static final String DOING = "saying what a run would do";

  private final Session source;
  private final Session target;
  private final String database;

  SettingPreview(Session source, Session target, String database) {
    this.source = source;
    this.target = target;
    this.database = database;
  }

  void add(PipelinePreview preview) {
    for (String[] setting :
        source.list(
            DOING,
            """
            select coalesce(r.rolname, ''), split_part(c, '=', 1),
                   case when lower(split_part(c, '=', 1)) in
                          ('search_path', 'temp_tablespaces', 'local_preload_libraries',
                           'session_preload_libraries')
                        then substr(c, strpos(c, '=') + 1)
                        else quote_literal(substr(c, strpos(c, '=') + 1)) end
              from pg_catalog.pg_db_role_setting s
              left join pg_catalog.pg_roles r on r.oid = s.setrole,
                   unnest(s.setconfig) c
             where s.setdatabase = (select oid from pg_catalog.pg_database
                                     where datname = current_database())
             order by 1, 2
            """,
            row -> new String[] {row.getString(1), row.getString(2), row.getString(3)})) {
      String statement =
          setting[0].isEmpty()
              ? target.text(
                  DOING,
                  "select format('ALTER DATABASE %I SET %I TO %s', ?::text, ?::text, ?::text)",
                  database,
                  setting[1],
                  setting[2])
              : target.text(
                  DOING,
                  "select format('ALTER ROLE %I IN DATABASE %I SET %I TO %s', ?::text, ?::text, ?::text, ?::text)",
                  setting[0],
                  database,
                  setting[1],
                  setting[2]);
      preview.add("settings", Where.TARGET, statement);
    }
  }
}
