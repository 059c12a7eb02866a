package dev.tsferry.runner.dump;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;

/**
 * Splits a plain dump into statements, psql's own commands and blocks of rows, at exactly the
 * places at which psql splits it.
 *
 * <p>Bytes are kept as they are: a statement's text holds one character (U+0000 to U+00FF) for each
 * byte, whatever the dump's encoding, and is written back the same way. Comments between statements
 * are passed over; nothing inside a statement is.
 *
 * @see <a
 *     href="https://github.com/postgres/postgres/blob/REL_17_STABLE/src/fe_utils/psqlscan.l">psql's
 *     scanner</a>
 */
final class DumpScanner {
  private final ByteInput in;
  private final StringBuilder text = new StringBuilder();
  private boolean complete;

  DumpScanner(InputStream in) {
    this.in = new ByteInput(in);
  }

  /** What a dump consists of. */
  sealed interface Item permits Statement, MetaCommand {}

  /** An SQL statement with its semicolon; after a COPY, {@link #copyRows} must be called next. */
  record Statement(String text) implements Item {}

  /** A command of psql's own: a line that begins with a backslash. */
  record MetaCommand(String line) implements Item {}

  /** Rows and bytes of a block that follows COPY. */
  record CopiedRows(long rows, long bytes) {}

  /** Whether pg_dump's or pg_dumpall's closing line was seen. */
  boolean complete() {
    return complete;
  }

  /**
   * The next statement or command, or empty at the end.
   *
   * @throws DumpSyntaxException if the dump ends in the middle of a statement
   */
  Optional<Item> next() throws IOException {
    text.setLength(0);
    StatementEnd end = new StatementEnd();
    for (int c = in.read(); c >= 0; c = in.read()) {
      if (text.isEmpty() && Character.isWhitespace(c)) {
        continue;
      }
      if (c == '-' && in.peek() == '-') {
        lineComment();
      } else if (c == '/' && in.peek() == '*') {
        blockComment();
      } else if (c == '\\') {
        return Optional.of(new MetaCommand(metaCommand()));
      } else if (isIdentifierStart(c)) {
        identifier(c, end);
      } else if (c == '\'' || c == '"') {
        quoted(c, false);
      } else if (c == '$') {
        dollar();
      } else {
        text.append((char) c);
        if (end.isReachedBy(c)) {
          return Optional.of(new Statement(text.toString()));
        }
      }
    }
    if (!text.toString().isBlank()) {
      throw new DumpSyntaxException("the dump ends in the middle of a statement");
    }
    return Optional.empty();
  }

  /** Copies the rows after a COPY statement, and the line that ends them, to {@code out}. */
  CopiedRows copyRows(OutputStream out) throws IOException {
    // The statement's own line end comes first.
    int c = in.read();
    if (c != '\n') {
      throw new DumpSyntaxException("rows don't begin on a line of their own");
    }
    out.write(c);
    long rows = 0;
    long bytes = 0;
    while (!in.startsWith("\\.\n")) {
      long length = in.copyLine(out);
      if (length == 0) {
        throw new DumpSyntaxException("the dump ends in the middle of a table's rows");
      }
      bytes += length;
      rows++;
    }
    in.copyLine(out);
    return new CopiedRows(rows, bytes);
  }

  // A comment between statements isn't part of the next one.
  private void lineComment() throws IOException {
    StringBuilder comment = new StringBuilder("-");
    int c = in.read();
    while (c >= 0 && c != '\n') {
      comment.append((char) c);
      c = in.read();
    }
    String line = comment.toString();
    complete |= line.startsWith("-- PostgreSQL database") && line.endsWith("dump complete");
    if (!text.isEmpty()) {
      text.append(line).append('\n');
    }
  }

  private void blockComment() throws IOException {
    StringBuilder comment = new StringBuilder("/");
    int depth = 0;
    int c = '/';
    do {
      int next = in.read();
      if (next < 0) {
        throw new DumpSyntaxException("the dump ends in the middle of a comment");
      }
      comment.append((char) next);
      if (c == '/' && next == '*') {
        depth++;
        next = 0;
      } else if (c == '*' && next == '/') {
        depth--;
        next = 0;
      }
      c = next;
    } while (depth > 0);
    if (!text.isEmpty()) {
      text.append(comment);
    }
  }

  private String metaCommand() throws IOException {
    if (!text.isEmpty()) {
      throw new DumpSyntaxException("a backslash in the middle of a statement");
    }
    StringBuilder line = new StringBuilder("\\");
    for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
      line.append((char) c);
    }
    return line.toString();
  }

  private void identifier(int first, StatementEnd end) throws IOException {
    int start = text.length();
    text.append((char) first);
    while (isIdentifierPart(in.peek())) {
      text.append((char) in.read());
    }
    String word = text.substring(start);
    if (in.peek() == '\'') {
      in.read();
      quoted('\'', word.equals("E") || word.equals("e"));
    } else {
      end.word(word);
    }
  }

  private void quoted(int quote, boolean escapes) throws IOException {
    text.append((char) quote);
    for (int c = in.read(); c >= 0; c = in.read()) {
      text.append((char) c);
      if (escapes && c == '\\') {
        text.append((char) required());
      } else if (c == quote) {
        if (in.peek() != quote) {
          return;
        }
        text.append((char) in.read());
      }
    }
    throw new DumpSyntaxException("the dump ends in the middle of a quoted text");
  }

  private void dollar() throws IOException {
    int start = text.length();
    text.append('$');
    if (in.peek() != '$' && !isIdentifierStart(in.peek())) {
      return;
    }
    while (isIdentifierStart(in.peek()) || (in.peek() >= '0' && in.peek() <= '9')) {
      text.append((char) in.read());
    }
    if (in.peek() != '$') {
      return;
    }
    text.append((char) in.read());
    String tag = text.substring(start);
    int body = text.length();
    while (text.length() - tag.length() < body
        || text.charAt(text.length() - 1) != '$'
        || !text.substring(text.length() - tag.length()).equals(tag)) {
      text.append((char) required());
    }
  }

  private int required() throws IOException {
    int c = in.read();
    if (c < 0) {
      throw new DumpSyntaxException("the dump ends in the middle of a quoted text");
    }
    return c;
  }

  static boolean isIdentifierStart(int c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c >= 0x80;
  }

  static boolean isIdentifierPart(int c) {
    return isIdentifierStart(c) || (c >= '0' && c <= '9') || c == '$';
  }
}
