package dev.tsferry.runner.rollback;

import dev.tsferry.runner.postgres.Session;
import dev.tsferry.runner.timescaledb.JobTable;
import dev.tsferry.runner.timescaledb.TimescaleExtension;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * What it depends on how something is dropped from a target.
 *
 * @param version the server's version as a number
 * @param jobs the table of TimescaleDB's background jobs, empty where there is none
 * @param fullEdition whether TimescaleDB itself deletes a job
 * @param aggregates continuous aggregates by their quoted names, which are views and aren't dropped
 *     as such
 */
record TargetTraits(int version, String jobs, boolean fullEdition, Set<String> aggregates) {
  TargetTraits {
    aggregates = Set.copyOf(aggregates);
  }

  static TargetTraits of(Session session, int version) {
    Optional<TimescaleExtension> extension = TimescaleExtension.of(session);
    if (extension.isEmpty()) {
      return new TargetTraits(version, "", false, Set.of());
    }
    return new TargetTraits(
        version,
        JobTable.of(session).quoted(),
        extension.get().fullEdition(),
        new HashSet<>(
            session.list(
                "looking for continuous aggregates",
                "select format('%I.%I', user_view_schema, user_view_name)"
                    + " from _timescaledb_catalog.continuous_agg",
                row -> row.getString(1))));
  }

  boolean isAggregate(String view) {
    return aggregates.contains(view);
  }

  /** The statement that deletes a job, if it is still there. */
  String deletingJob(String id) {
    return fullEdition
        ? "select public.delete_job(id) from %s where id = %s".formatted(jobs, id)
        : "delete from %s where id = %s".formatted(jobs, id);
  }
}
