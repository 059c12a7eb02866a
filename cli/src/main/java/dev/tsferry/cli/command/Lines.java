package dev.tsferry.cli.command;

import java.io.PrintWriter;

/** Lines that are to be seen at once. */
final class Lines {
  private Lines() {}

  static void print(PrintWriter writer, String line) {
    writer.println(line);
    writer.flush();
  }
}
