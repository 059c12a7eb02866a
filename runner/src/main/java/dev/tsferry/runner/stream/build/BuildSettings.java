package dev.tsferry.runner.stream.build;

import dev.tsferry.runner.postgres.Session;

/**
 * How much memory and how many processes of the server one build gets.
 *
 * <p>Builds at one time share a quarter of the server's memory, which is what {@code
 * shared_buffers} is set to by rule and what nobody else needs now; each gets at least what the
 * server gives by itself. While there are as many builds as workers, each keeps to one process; the
 * last ones share the processors.
 *
 * @param memoryKilobytes {@code maintenance_work_mem}
 * @param parallelWorkers the server's {@code max_parallel_maintenance_workers}
 * @param processes the server's {@code max_parallel_workers}
 * @see <a
 *     href="https://www.postgresql.org/docs/current/runtime-config-resource.html#GUC-MAINTENANCE-WORK-MEM">maintenance_work_mem</a>
 */
record BuildSettings(long memoryKilobytes, int parallelWorkers, int processes) {
  private static final long MOST_KILOBYTES = 2L << 20;
  private static final String SQL =
      """
      select current_setting('block_size')::bigint / 1024 * b.setting::bigint, m.setting::bigint,
             p.setting::int, w.setting::int
        from pg_catalog.pg_settings b, pg_catalog.pg_settings m, pg_catalog.pg_settings p,
             pg_catalog.pg_settings w
       where b.name = 'shared_buffers' and m.name = 'maintenance_work_mem'
         and p.name = 'max_parallel_maintenance_workers' and w.name = 'max_parallel_workers'
      """;

  static BuildSettings of(Session session, int jobs) {
    return session
        .first(
            "reading what the target has for building indexes",
            SQL,
            row ->
                new BuildSettings(
                    memory(row.getLong(1), row.getLong(2), jobs), row.getInt(3), row.getInt(4)))
        .orElseThrow();
  }

  static long memory(long sharedBuffers, long own, int jobs) {
    return Math.max(own, Math.min(MOST_KILOBYTES, sharedBuffers / Math.max(1, jobs)));
  }

  /** Processes beside its own that a build gets when {@code left} are left for {@code jobs}. */
  int parallel(int left, int jobs) {
    if (left >= jobs) {
      return 0;
    }
    int fair = processes / Math.max(1, left) - 1;
    return Math.max(0, Math.min(processes, Math.max(parallelWorkers, fair)));
  }
}
