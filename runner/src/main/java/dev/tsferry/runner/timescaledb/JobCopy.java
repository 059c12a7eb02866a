package dev.tsferry.runner.timescaledb;

import dev.tsferry.runner.postgres.Session;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/**
 * The user's jobs as a piece of a dump: owned by the target's user, since the platform lets nobody
 * make jobs of another, and not scheduled where they would begin to work on a database that is not
 * yet verified.
 *
 * @see <a href="https://docs.tigerdata.com/migrate/latest/troubleshooting/">Restoring jobs of other
 *     owners</a>
 */
public final class JobCopy {
  private static final String DOING = "dumping the source's background jobs";

  private JobCopy() {}

  /**
   * The piece, to be read after pg_dump's.
   *
   * <pre>
   * SET client_encoding = 'UTF8';
   * COPY "_timescaledb_config"."bgw_job" ("id", …) FROM stdin;
   * 1000	Retention Policy [1000]	…
   * \.
   * </pre>
   *
   * @param source a session in the dump's snapshot
   * @param owner the target's user
   * @param scheduled jobs that are to be scheduled on the target from the start
   */
  public static InputStream of(Session source, String owner, List<Integer> scheduled) {
    JobTable table = JobTable.of(source);
    List<String> columns =
        source.list(
            DOING,
            "select quote_ident(attname) from pg_catalog.pg_attribute"
                + " where attrelid = ?::regclass and attnum > 0 and not attisdropped order by attnum",
            row -> row.getString(1),
            table.quoted());
    String ids = scheduled.stream().map(String::valueOf).collect(Collectors.joining(","));
    // A parameter can't stand in COPY; the server itself quotes the name.
    String ownerText = source.text(DOING, "select quote_literal(?::text)", owner);
    String values =
        columns.stream()
            .map(column -> value(column, ownerText, ids))
            .collect(Collectors.joining(", "));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(
        "SET client_encoding = 'UTF8';\nCOPY %s (%s) FROM stdin;\n"
            .formatted(
                table.quoted(),
                columns.stream()
                    .map(column -> column.startsWith("\"") ? column : "\"" + column + "\"")
                    .collect(Collectors.joining(", ")))
            .getBytes(StandardCharsets.UTF_8));
    source.work(
        DOING,
        connection -> {
          CopyManager copy = connection.unwrap(PGConnection.class).getCopyAPI();
          try {
            copy.copyOut(
                "copy (select %s from %s where id >= %d order by id) to stdout"
                    .formatted(values, table.quoted(), JobTable.FIRST_USER_JOB),
                out);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
    out.writeBytes("\\.\n".getBytes(StandardCharsets.UTF_8));
    return new ByteArrayInputStream(out.toByteArray());
  }

  private static String value(String column, String owner, String scheduled) {
    return switch (column) {
      case "owner" -> owner;
      case "scheduled" -> scheduled.isEmpty() ? "false" : "id in (" + scheduled + ")";
      default -> column;
    };
  }
}
