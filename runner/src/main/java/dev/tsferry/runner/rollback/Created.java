package dev.tsferry.runner.rollback;

import dev.tsferry.plan.Json;
import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.plan.outcome.MigrationException;
import dev.tsferry.runner.file.AtomicFile;
import dev.tsferry.runner.postgres.Session;
import dev.tsferry.runner.state.RunDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * What a run created on the target, kept in the state directory when the run came to its end and
 * its ledger is dropped, so that it can still be taken back.
 *
 * @param version version of this format
 * @param run the migration's name
 * @param finishedAt when the run came to its end
 * @param target the target database's identity
 * @param timescaledb the version of TimescaleDB that the target had before the run moved it, or
 *     null
 * @param before what was there before
 * @param carried what the source had
 */
public record Created(
    int version,
    String run,
    Instant finishedAt,
    String target,
    String timescaledb,
    Set<DatabaseObject> before,
    Set<DatabaseObject> carried) {
  private static final int VERSION = 1;

  public Created {
    before = new LinkedHashSet<>(before);
    carried = new LinkedHashSet<>(carried);
  }

  /** What the ledger of a run that ends now says. */
  public static Created ofLedger(
      Session session, String run, String target, Optional<String> timescaledb) {
    return new Created(
        VERSION,
        run,
        Instant.now(),
        target,
        timescaledb.orElse(null),
        ObjectRecord.readBefore(session),
        ObjectRecord.readCarried(session));
  }

  /** Writes it, safe on the disk when this returns. */
  public void write(Path stateDirectory) throws IOException {
    AtomicFile.replaceDurably(
        stateDirectory.resolve(RunDirectory.CREATED), Json.lenient().writeValueAsBytes(this));
  }

  /** What the last run with this state directory created, where one came to its end. */
  public static Optional<Created> read(Path stateDirectory) {
    Path file = stateDirectory.resolve(RunDirectory.CREATED);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Json.lenient().readValue(file.toFile(), Created.class));
    } catch (IOException e) {
      throw new MigrationException(
          ErrorCode.STATE_MISMATCH,
          "reading %s, which says what the run created: %s".formatted(file, e.getMessage()),
          e,
          "reset the target's service instead");
    }
  }
}
