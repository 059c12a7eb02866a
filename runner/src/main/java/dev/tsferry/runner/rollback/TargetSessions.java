package dev.tsferry.runner.rollback;

import dev.tsferry.runner.postgres.Server;
import dev.tsferry.runner.postgres.Session;
import java.util.List;

/** Who is connected with the target besides tsferry. */
public final class TargetSessions {
  private TargetSessions() {}

  /** Every session of somebody else, in words. */
  public static List<String> others(Server target) {
    try (Session session = target.connect("rollback")) {
      return session.list(
          "looking at the target's sessions",
          """
          select format('%s of user %s', coalesce(nullif(application_name, ''), 'a session without a name'), usename)
            from pg_catalog.pg_stat_activity
           where datname = current_database() and backend_type = 'client backend'
             and pid <> pg_catalog.pg_backend_pid() and application_name not like 'tsferry-%'
           order by backend_start limit 20
          """,
          row -> row.getString(1));
    }
  }
}
