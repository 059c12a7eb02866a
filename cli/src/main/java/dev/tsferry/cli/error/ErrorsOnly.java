package dev.tsferry.cli.error;

import static java.util.Objects.requireNonNull;

import java.io.PrintWriter;
import java.io.Writer;

/** Passes lines on from the first that starts an error; nothing of interest comes after one. */
final class ErrorsOnly extends Writer {
  private static final String ERROR = "error:";

  private final PrintWriter err;
  private final StringBuilder line = new StringBuilder();
  private boolean failed;

  ErrorsOnly(PrintWriter err) {
    this.err = requireNonNull(err, "err is null");
  }

  @Override
  public void write(char[] buffer, int offset, int length) {
    for (int i = offset; i < offset + length; i++) {
      line.append(buffer[i]);
      if (buffer[i] == '\n') {
        pass();
      }
    }
  }

  private void pass() {
    failed = failed || line.toString().startsWith(ERROR);
    if (failed) {
      err.print(line);
    }
    line.setLength(0);
  }

  @Override
  public void flush() {
    err.flush();
  }

  @Override
  public void close() {
    flush();
  }
}
