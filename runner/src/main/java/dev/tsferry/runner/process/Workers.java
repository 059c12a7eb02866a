package dev.tsferry.runner.process;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;

/** Threads that do the same work from one queue; the first that fails ends all. */
public final class Workers {
  private Workers() {}

  /**
   * Runs {@code work} on {@code count} threads, and returns when all have ended.
   *
   * @param all cancelled when one fails, so that the others end soon
   */
  public static void run(String name, int count, Cancellation all, Callable<Void> work)
      throws InterruptedException {
    AtomicReference<Throwable> first = new AtomicReference<>();
    ExecutorService threads =
        Executors.newFixedThreadPool(Math.max(1, count), task -> thread(name, task));
    try {
      List<Future<Void>> workers = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        workers.add(threads.submit(() -> watched(work, first, all)));
      }
      for (Future<Void> worker : workers) {
        worker.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } finally {
      if (first.get() != null) {
        all.cancel();
      }
      threads.shutdownNow();
    }
    rethrow(first.get());
  }

  // Whatever fails after the first was only stopped by it.
  private static Void watched(
      Callable<Void> work, AtomicReference<Throwable> first, Cancellation all) {
    try {
      work.call();
    } catch (Exception | Error e) {
      if (first.compareAndSet(null, e)) {
        all.cancel();
      }
    }
    return null;
  }

  private static void rethrow(Throwable failure) throws InterruptedException {
    if (failure instanceof RuntimeException unchecked) {
      throw unchecked;
    }
    if (failure instanceof Error error) {
      throw error;
    }
    if (failure instanceof InterruptedException interrupted) {
      throw interrupted;
    }
    if (failure != null) {
      throw new IllegalStateException(failure);
    }
  }

  private static Thread thread(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }
}
