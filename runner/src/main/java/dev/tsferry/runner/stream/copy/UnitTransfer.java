package dev.tsferry.runner.stream.copy;

import dev.tsferry.runner.postgres.Session;
import dev.tsferry.runner.stream.copy.Frames.Frame;
import dev.tsferry.runner.stream.digest.RowDigest;
import dev.tsferry.runner.stream.digest.RowMessages;
import dev.tsferry.runner.stream.digest.RowReader;
import dev.tsferry.runner.stream.loss.SourceException;
import dev.tsferry.runner.stream.table.StreamTable;
import dev.tsferry.runner.stream.unit.Unit;
import dev.tsferry.runner.stream.unit.UnitLedger;
import dev.tsferry.runner.stream.unit.UnitLedger.Copied;
import java.sql.SQLException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.postgresql.copy.CopyIn;
import org.postgresql.util.PSQLState;

/**
 * One unit on its way: a thread that reads and digests, one that writes, and the ledger's row
 * around it, in one transaction of the target.
 */
final class UnitTransfer {
  private final Unit unit;
  private final StreamTable table;
  private final Session source;
  private final Session target;
  private final Shared shared;
  private final Frames frames = new Frames();

  /** What all transfers of a copy have in common. */
  record Shared(ExecutorService readers, Chunks chunks, Pace pace, CopyProgress progress) {}

  UnitTransfer(Unit unit, StreamTable table, Session source, Session target, Shared shared) {
    this.unit = unit;
    this.table = table;
    this.source = source;
    this.target = target;
    this.shared = shared;
  }

  private record Read(RowDigest digest, long bytes) {}

  /** Copies the unit; the sessions are of no use any more if it fails. */
  Copied run() throws SQLException, InterruptedException {
    AtomicLong moved = shared.progress().begin(unit);
    Future<Read> reading = shared.readers().submit(this::read);
    try {
      target.executeRaw("begin; " + UnitLedger.claim(unit, table.unlogged()));
      long written = write(moved);
      Read read = reading.get();
      if (written != read.digest().rows()) {
        throw new SQLException(
            "the source sent %d rows of %s and the target took %d"
                .formatted(read.digest().rows(), unit, written),
            PSQLState.PROTOCOL_VIOLATION.getState());
      }
      Copied copied = new Copied(unit.id(), read.digest(), read.bytes());
      target.executeRaw(
          UnitLedger.complete(copied, table.unlogged()) + "; " + StreamSettings.commit(target));
      return copied;
    } catch (ExecutionException e) {
      throw unwrapped(e);
    } catch (Frames.StoppedException e) {
      throw readersFailure(reading, e);
    } finally {
      frames.stop();
    }
  }

  private long write(AtomicLong moved) throws SQLException, InterruptedException {
    CopyIn copy = target.copyIn(ChunkMaker.copyIn(table));
    for (Frame frame = frames.take(); frame != null; frame = frames.take()) {
      shared.pace().pass(frame.length);
      copy.writeToCopy(frame.bytes, 0, frame.length);
      shared.progress().moved(moved, frame.length);
      frames.giveBack(frame);
    }
    return copy.endCopy();
  }

  private Read read() throws SQLException, InterruptedException {
    boolean ended = false;
    try {
      FrameSink sink = new FrameSink(frames);
      sink.raw(RowReader.header(table.format()));
      RowMessages messages = RowMessages.of(source.copyOut(unit.copyOut(table)), source.driver());
      ChunkMaker.Ahead ahead = shared.chunks().ahead(table);
      RowReader.RowSink rows =
          ahead == null
              ? sink
              : (bytes, offset, length) -> {
                ahead.row(bytes, offset, length);
                sink.row(bytes, offset, length);
              };
      RowDigest digest = RowReader.read(messages, table, rows);
      sink.raw(RowReader.trailer(table.format()));
      sink.end();
      ended = true;
      return new Read(digest, sink.bytes());
    } catch (SQLException e) {
      throw new SourceException(e);
    } finally {
      // Whatever it was, the writer must not wait for ever.
      if (!ended) {
        frames.stop();
      }
    }
  }

  private static SQLException readersFailure(Future<Read> reading, Frames.StoppedException e)
      throws SQLException, InterruptedException {
    try {
      reading.get();
    } catch (ExecutionException failure) {
      throw unwrapped(failure);
    }
    throw e;
  }

  private static SQLException unwrapped(ExecutionException e)
      throws SQLException, InterruptedException {
    if (e.getCause() instanceof SQLException cause) {
      return cause;
    }
    if (e.getCause() instanceof InterruptedException cause) {
      throw cause;
    }
    if (e.getCause() instanceof RuntimeException cause) {
      throw cause;
    }
    throw new IllegalStateException(e.getCause());
  }
}
