package dev.tsferry.runner.state;

import static java.util.Objects.requireNonNull;

import dev.tsferry.plan.Json;
import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.plan.outcome.MigrationException;
import dev.tsferry.runner.file.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * Notes in the state directory of what a run changed for its own time only, made before the change
 * and gone after it is undone: whoever finds one, with no run active, has something to undo, and
 * can do it even where the ledger in the target can't be read.
 *
 * <pre>
 * in-force/source-read-only  in-force/source-jobs  in-force/restore-mode
 * </pre>
 */
public final class ChangeNotes {
  /** The folder of the notes within the state directory; the host's scripts look into it. */
  public static final String FOLDER = "in-force";

  private final Path folder;

  public ChangeNotes(Path stateDirectory) {
    folder = requireNonNull(stateDirectory, "stateDirectory is null").resolve(FOLDER);
  }

  /** What is changed. */
  public enum Kind {
    SOURCE_READ_ONLY,
    SOURCE_JOBS,
    RESTORE_MODE;

    private String file() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /**
   * Notes a change that is about to be made, in place of an earlier note of its kind; safe on the
   * disk when this returns.
   *
   * @param details what it takes to undo it, as one line of JSON
   * @throws MigrationException {@code DISK_FULL} if the note can't be written
   */
  public void write(Kind kind, Object details) {
    try {
      AtomicFile.makePrivate(folder);
      AtomicFile.replaceDurably(
          folder.resolve(kind.file()), Json.lenient().writeValueAsBytes(details));
    } catch (IOException e) {
      throw new MigrationException(
          ErrorCode.DISK_FULL,
          "noting a change in %s before it is made: %s".formatted(folder, e.getMessage()),
          e,
          "make room in the state directory, then run again");
    }
  }

  /** The note of a kind, where there is one that can be read. */
  public <T> Optional<T> read(Kind kind, Class<T> type) {
    Path file = folder.resolve(kind.file());
    try {
      return Files.exists(file)
          ? Optional.of(Json.lenient().readValue(file.toFile(), type))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Whether a change of the kind may be in force. */
  public boolean has(Kind kind) {
    return Files.exists(folder.resolve(kind.file()));
  }

  /** Forgets a change that is undone. */
  public void forget(Kind kind) {
    try {
      Files.deleteIfExists(folder.resolve(kind.file()));
    } catch (IOException e) {
      // A note too much only makes somebody look once more.
    }
  }
}
