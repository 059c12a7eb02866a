package dev.tsferry.cli.render;

import static java.util.Objects.requireNonNull;

import java.io.PrintWriter;

/**
 * A page of labelled lines that are broken at words, so that it reads well on the narrowest of
 * terminals; a word that is longer than a line stays whole, so that it can be copied.
 */
final class Page {
  private static final int WIDTH = 80;
  private static final int LABEL = 12;

  private final PrintWriter out;

  Page(PrintWriter out) {
    this.out = requireNonNull(out, "out is null");
  }

  /** A paragraph behind a label; without one it goes on below the last. */
  void line(String label, String text) {
    print(label + " ".repeat(Math.max(1, LABEL - label.length())), LABEL, text);
  }

  /** A paragraph at the start of the line, whose further lines are set in. */
  void paragraph(String text) {
    print("", 2, text);
  }

  void blank() {
    out.println();
  }

  private void print(String start, int indent, String text) {
    StringBuilder line = new StringBuilder(start);
    boolean empty = true;
    for (String word : text.split(" ", -1)) {
      if (!empty && line.length() + 1 + word.length() > WIDTH) {
        out.println(line);
        line = new StringBuilder(" ".repeat(indent));
        empty = true;
      }
      if (!empty) {
        line.append(' ');
      }
      line.append(word);
      empty = false;
    }
    out.println(line.toString().stripTrailing());
  }
}
