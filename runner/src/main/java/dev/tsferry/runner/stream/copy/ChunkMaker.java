package dev.tsferry.runner.stream.copy;

import dev.tsferry.runner.postgres.Server;
import dev.tsferry.runner.postgres.Session;
import dev.tsferry.runner.stream.digest.RowReader;
import dev.tsferry.runner.stream.table.StreamTable;
import dev.tsferry.runner.stream.table.StreamTable.Chunking;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.postgresql.copy.CopyIn;

/**
 * Makes a hypertable's chunks right before the first row for each comes, in short transactions of
 * their own: who makes a chunk in the transaction that fills it keeps every other worker that needs
 * it waiting until the end.
 *
 * <p>TimescaleDB's Apache edition refuses {@code create_chunk}. So the row itself is inserted, its
 * chunk is made by that, and the row is removed again before the commit; nobody else can see the
 * chunk until then, so that no other row can be hit.
 */
final class ChunkMaker implements AutoCloseable {
  private static final String MADE =
      """
      select format('%%I.%%I', c.schema_name, c.table_name) from _timescaledb_catalog.chunk c
       where c.hypertable_id = %d
         and c.xmin::text = (pg_catalog.txid_current() %% 4294967296)::text
      """;

  private final Server target;
  private final StreamTable table;
  private final Chunking chunking;
  private final TimeOfRow time;
  private final Set<Long> known = ConcurrentHashMap.newKeySet();
  private Session session;

  ChunkMaker(Server target, StreamTable table, Chunking chunking) {
    this.target = target;
    this.table = table;
    this.chunking = chunking;
    this.time = new TimeOfRow(chunking);
  }

  /** One reader's view, which remembers the last row's stretch: the next is mostly in the same. */
  final class Ahead {
    private long last;
    private boolean any;

    /** Makes sure that the chunk of this row is there. */
    void row(byte[] row, int offset, int length) {
      OptionalLong stretch = time.stretch(row, offset);
      if (stretch.isEmpty() || (any && stretch.getAsLong() == last)) {
        return;
      }
      last = stretch.getAsLong();
      any = true;
      if (!known.contains(last)) {
        make(last, row, offset, length);
      }
    }
  }

  private synchronized void make(long stretch, byte[] row, int offset, int length) {
    if (known.contains(stretch)) {
      return;
    }
    try {
      if (session == null) {
        session = target.connect("chunk");
        StreamSettings.writing(session);
      }
      session.work(
          "making a chunk of " + table.name(),
          connection -> {
            session.executeRaw("begin");
            insert(session, row, offset, length);
            session.executeRaw(
                removed(session, connection) ? StreamSettings.commit(session) : "rollback");
          });
    } catch (RuntimeException e) {
      close();
      throw e;
    }
    known.add(stretch);
  }

  private void insert(Session into, byte[] row, int offset, int length) throws SQLException {
    byte[] header = RowReader.header(table.format());
    byte[] trailer = RowReader.trailer(table.format());
    CopyIn copy = into.copyIn(copyIn(table));
    copy.writeToCopy(header, 0, header.length);
    copy.writeToCopy(row, offset, length);
    copy.writeToCopy(trailer, 0, trailer.length);
    copy.endCopy();
  }

  /** The statement that takes rows of {@code table}. */
  static String copyIn(StreamTable table) {
    return "copy " + table.quoted() + table.copyColumns() + " from stdin" + table.format().option();
  }

  /** Whether there are new chunks and the row, and nothing but it, is gone from them. */
  private boolean removed(Session inside, Connection connection) throws SQLException {
    List<String> made =
        inside.list(
            "looking for new chunks",
            MADE.formatted(chunking.hypertable()),
            row -> row.getString(1));
    long rows = 0;
    for (String chunk : made) {
      try (var delete = connection.createStatement()) {
        rows += delete.executeLargeUpdate("delete from only " + chunk);
      }
    }
    return rows == 1;
  }

  @Override
  public synchronized void close() {
    if (session != null) {
      session.abort();
      session = null;
    }
  }
}
