package dev.tsferry.cli.console;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Ctrl-C and SIGTERM through the virtual machine's shutdown hooks: the process then ends by itself
 * with 130 or 143, whatever the main thread is doing.
 */
public final class ShutdownInterrupts implements Interrupts {

  @Override
  public Guard onInterrupt(Runnable action) {
    AtomicBoolean armed = new AtomicBoolean(true);
    Thread hook =
        new Thread(
            () -> {
              if (armed.get()) {
                action.run();
              }
            },
            "interrupted");
    Runtime.getRuntime().addShutdownHook(hook);
    return () -> armed.set(false);
  }
}
