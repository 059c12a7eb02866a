package dev.tsferry.cli.console;

/** What happens on Ctrl-C, for as long as something long is going on. */
public interface Interrupts {

  /** Runs {@code action} when the process is asked to end before the returned guard is closed. */
  Guard onInterrupt(Runnable action);

  /** Takes the action back. */
  interface Guard extends AutoCloseable {
    @Override
    void close();
  }
}
