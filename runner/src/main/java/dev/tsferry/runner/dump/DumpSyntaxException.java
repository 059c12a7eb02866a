package dev.tsferry.runner.dump;

import java.io.IOException;

/** A dump that is cut off, or holds what pg_dump doesn't write. */
public final class DumpSyntaxException extends IOException {
  private static final long serialVersionUID = 1L;

  DumpSyntaxException(String message) {
    super(message);
  }
}
