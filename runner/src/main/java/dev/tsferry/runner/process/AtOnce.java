package dev.tsferry.runner.process;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Different works that have nothing to do with each other, and mostly wait for a server. */
public final class AtOnce {
  private AtOnce() {}

  /** One of the works. */
  @FunctionalInterface
  public interface Work {
    void run() throws IOException, InterruptedException;
  }

  /**
   * Does all at once.
   *
   * @throws IOException what the first of them threw, after all have ended, as any exception
   */
  public static void all(List<Work> works) throws IOException, InterruptedException {
    ExecutorService threads = Executors.newFixedThreadPool(Math.max(1, works.size()));
    try {
      List<Future<Void>> running = new ArrayList<>();
      for (Work work : works) {
        running.add(
            threads.submit(
                () -> {
                  work.run();
                  return null;
                }));
      }
      Throwable first = null;
      for (Future<Void> work : running) {
        try {
          work.get();
        } catch (ExecutionException e) {
          first = first == null ? e.getCause() : first;
        }
      }
      rethrow(first);
    } finally {
      threads.shutdownNow();
    }
  }

  private static void rethrow(Throwable failure) throws IOException, InterruptedException {
    if (failure instanceof IOException io) {
      throw io;
    }
    if (failure instanceof InterruptedException interrupted) {
      throw interrupted;
    }
    if (failure instanceof RuntimeException unchecked) {
      throw unchecked;
    }
    if (failure != null) {
      throw new IllegalStateException(failure);
    }
  }
}
