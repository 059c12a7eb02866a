package dev.tsferry.cli.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.plan.outcome.MigrationException;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.util.List;

/** The process's own standard input and terminal. */
public final class SystemPrompt implements Prompt {
  private final InputStream input;
  private final boolean terminal;
  private final boolean outputTerminal;

  /**
   * @param terminal whether {@code input} is a terminal, which Java 17 cannot ask of it alone
   * @param outputTerminal whether standard output is one
   */
  public SystemPrompt(InputStream input, boolean terminal, boolean outputTerminal) {
    this.outputTerminal = outputTerminal;
    this.input = requireNonNull(input, "input is null");
    this.terminal = terminal;
  }

  @Override
  public boolean interactive() {
    return terminal;
  }

  @Override
  public char[] password(String question) {
    if (!terminal) {
      return readLine().toCharArray();
    }
    char[] typed = console().readPassword("%s: ", question);
    if (typed == null) {
      throw nothingToRead();
    }
    return typed;
  }

  @Override
  public String line(String question) {
    String typed = console().readLine("%s: ", question);
    if (typed == null) {
      throw nothingToRead();
    }
    return typed;
  }

  @Override
  public List<String> lines() {
    try {
      return new String(input.readAllBytes(), UTF_8).lines().toList();
    } catch (IOException e) {
      throw new MigrationException(
          ErrorCode.BAD_ARGUMENT, "reading standard input: " + e.getMessage(), e);
    }
  }

  @Override
  public void show(String line) {
    console().printf("%s%n", line);
  }

  private String readLine() {
    try {
      String line = new BufferedReader(new InputStreamReader(input, UTF_8)).readLine();
      if (line == null) {
        throw nothingToRead();
      }
      return line;
    } catch (IOException e) {
      throw new MigrationException(
          ErrorCode.BAD_ARGUMENT, "reading standard input: " + e.getMessage(), e);
    }
  }

  // Java 17 has a console only if input and output are both a terminal; later ones always have one,
  // that may show the password. So the launcher's word counts, and null only guards Java 17.
  @SuppressWarnings("SystemConsoleNull")
  private Console console() {
    Console console = System.console();
    if (!outputTerminal || console == null) {
      throw new MigrationException(
          ErrorCode.BAD_ARGUMENT,
          "asking on the terminal: standard output is not one",
          "don't redirect standard output, or give the answer on standard input");
    }
    return console;
  }

  private static MigrationException nothingToRead() {
    return new MigrationException(
        ErrorCode.BAD_ARGUMENT, "reading standard input: it ended before a line came");
  }
}
