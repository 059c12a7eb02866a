package dev.tsferry.runner.setting;

import dev.tsferry.runner.postgres.Session;
import java.util.List;

/**
 * Reads a database's settings. Those of a role everywhere are pg_dumpall's.
 *
 * @see <a
 *     href="https://www.postgresql.org/docs/current/catalog-pg-db-role-setting.html">pg_db_role_setting</a>
 */
final class SettingCatalog {
  private static final String DOING = "reading the settings of the %s";

  private SettingCatalog() {}

  /** Of everybody first; a setting of every database counts where this one has none of its own. */
  static List<Setting> read(Session session) {
    return session.list(
        DOING.formatted(session.side().word()),
        """
        with entries as (
          select s.setdatabase, s.setrole, c.entry, split_part(c.entry, '=', 1) as name
            from pg_catalog.pg_db_role_setting s, pg_catalog.unnest(s.setconfig) c(entry)
        ), own as (
          select e.* from entries e
            join pg_catalog.pg_database d on d.oid = e.setdatabase
           where d.datname = current_database()
        )
        select coalesce(r.rolname, '') as role, x.entry
          from (select setrole, entry from own
                union all
                select e.setrole, e.entry from entries e
                 where e.setdatabase = 0 and e.setrole = 0
                   and not exists (select from own o where o.setrole = 0 and o.name = e.name)) x
          left join pg_catalog.pg_roles r on r.oid = x.setrole
         where x.setrole = 0 or r.oid is not null
         order by 1, 2
        """,
        row -> Setting.of(row.getString(1), row.getString(2)));
  }

  static String comment(Session session) {
    return session.text(
        DOING.formatted(session.side().word()),
        "select pg_catalog.shobj_description(oid, 'pg_database') from pg_catalog.pg_database"
            + " where datname = current_database()");
  }
}
