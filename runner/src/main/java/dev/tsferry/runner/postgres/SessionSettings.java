package dev.tsferry.runner.postgres;

/** What every session of ours sets first. */
final class SessionSettings {
  /**
   * No object of the database stands in for a system function, no time limit of the database or the
   * user ends a long step, and no row is hidden silently. A question to a large catalogue is
   * answered in less time than it takes to compile it (5,000 tables: 0.2 s and 1.4 s).
   *
   * @see <a href="https://www.postgresql.org/docs/current/jit-decision.html">When to JIT</a>
   */
  static final String SQL =
      """
      select pg_catalog.set_config('search_path', '', false),
             (select pg_catalog.count(pg_catalog.set_config(name, '0', false))
                from pg_catalog.unnest('{statement_timeout, lock_timeout, transaction_timeout,
                       idle_in_transaction_session_timeout, idle_session_timeout}'::text[]) name
               where pg_catalog.current_setting(name, true) is not null),
             pg_catalog.set_config('row_security', 'off', false),
             pg_catalog.set_config('jit', 'off', false),
             pg_catalog.set_config('tcp_keepalives_idle', '60', false),
             pg_catalog.set_config('tcp_keepalives_interval', '10', false),
             pg_catalog.set_config('tcp_keepalives_count', '6', false)
      """;

  private SessionSettings() {}
}
