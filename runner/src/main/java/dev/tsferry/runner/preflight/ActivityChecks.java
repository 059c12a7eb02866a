package dev.tsferry.runner.preflight;

import dev.tsferry.runner.postgres.Session;
import java.time.Duration;
import java.util.List;

/** What moves on the source: who writes, who holds on to something, what is not decided yet. */
public final class ActivityChecks {
  private static final String DOING = "looking at the source's sessions";

  private final Session source;
  private final Findings findings;

  public ActivityChecks(Session source, Findings findings) {
    this.source = source;
    this.findings = findings;
  }

  void writers() {
    List<String> writing =
        source.list(
            DOING,
            """
            select distinct format('%s of user %s from %s (process %s)',
                     coalesce(nullif(a.application_name, ''), 'a session without a name'), a.usename,
                     coalesce(a.client_addr::text, 'the server itself'), a.pid)
              from pg_catalog.pg_locks l join pg_catalog.pg_stat_activity a using (pid)
             where l.database = (select oid from pg_catalog.pg_database where datname = current_database())
               and l.mode in ('RowExclusiveLock', 'ShareRowExclusiveLock', 'ExclusiveLock', 'AccessExclusiveLock')
               and l.relation >= 16384 and l.granted and a.application_name not like 'tsferry-%'
             order by 1
            """,
            row -> row.getString(1));
    if (!writing.isEmpty()) {
      findings.warning(
          "writers",
          Findings.some(writing),
          "writing to the source now; what is written from now on may not be carried",
          "stop the application before the run; \"pipeline\": {\"quiesce\": ...} in the plan can lock tables, make the database read-only and end sessions");
    }
    long sessions =
        source.number(
            DOING,
            "select count(*) from pg_catalog.pg_stat_activity"
                + " where datname = current_database() and pid <> pg_catalog.pg_backend_pid()"
                + " and application_name not like 'tsferry-%' and backend_type = 'client backend'");
    if (sessions > 0) {
      findings.info("sessions", "source", "%d other sessions are connected".formatted(sessions));
    }
  }

  // Every session of ours switches them off for itself, and pg_dump and psql do so too.
  void limits() {
    List<String> limits =
        source.list(
            DOING,
            """
            select format('%s = %s%s', name, reset_val, unit) from pg_catalog.pg_settings
             where name in ('statement_timeout', 'lock_timeout', 'transaction_timeout',
                            'idle_in_transaction_session_timeout', 'idle_session_timeout')
               and reset_val <> '0'
             order by 1
            """,
            row -> row.getString(1));
    if (!limits.isEmpty()) {
      findings.info(
          "session-limits",
          "source",
          "%s: limits of the server, the database or the user, which the run's own sessions switch off for themselves"
              .formatted(String.join(", ", limits)));
    }
  }

  /** Transactions that began longer ago than {@code limit}. */
  public void longTransactions(Duration limit) {
    for (String session :
        source.list(
            DOING,
            """
            select format('%%s of user %%s (process %%s, %%s since %%s)',
                     coalesce(nullif(application_name, ''), 'a session without a name'), usename, pid,
                     coalesce(state, 'in a state that only its own user sees'),
                     to_char(xact_start at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS "UTC"'))
              from pg_catalog.pg_stat_activity
             where datname = current_database() and backend_type = 'client backend'
               and xact_start < clock_timestamp() - interval '%d seconds'
               and application_name not like 'tsferry-%%'
             order by xact_start limit 20
            """
                .formatted(limit.toSeconds()),
            row -> row.getString(1))) {
      findings.warning(
          "long-transaction",
          session,
          "its transaction is older than %d minutes; what it writes is not carried, and its locks may hold up the dump"
              .formatted(limit.toMinutes()),
          "let it end, or end it with pg_terminate_backend, before the run");
    }
  }

  void preparedTransactions() {
    for (String transaction :
        source.list(
            DOING,
            """
            select format('%L of user %s since %s', gid, owner, prepared::timestamptz(0))
              from pg_catalog.pg_prepared_xacts where database = current_database() order by prepared
            """,
            row -> row.getString(1))) {
      findings.warning(
          "prepared-transaction",
          "prepared transaction " + transaction,
          "it is neither committed nor rolled back: what it wrote is not carried, and its locks stay",
          "COMMIT PREPARED or ROLLBACK PREPARED it before the run");
    }
  }

  void leftReadOnly() {
    if (source.isTrue(
        DOING,
        """
        select exists (select from pg_catalog.pg_db_role_setting s
                        where s.setdatabase = (select oid from pg_catalog.pg_database
                                                where datname = current_database())
                          and s.setrole = 0 and 'default_transaction_read_only=on' = any (s.setconfig))
        """)) {
      findings.warning(
          "source-read-only",
          "source",
          "its database is set to default_transaction_read_only = on",
          "if a run of tsferry left it so, \"tsferry rollback\" or the next run undoes it; else ALTER DATABASE ... RESET default_transaction_read_only from another database");
    }
  }
}
