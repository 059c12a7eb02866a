package dev.tsferry.runner.postgres;

import java.time.Duration;
import java.util.function.Supplier;

/** What logins to one server have told and left, shared by all who see it. */
final class Logins {
  // A password that worked a moment ago works for a program that is started now.
  private static final Duration HOLDS = Duration.ofSeconds(5);

  private final Supplier<String> passwords;
  private IdleConnections visits = new IdleConnections();
  private String password;
  private int version;
  private long lastNanos;

  /**
   * @param passwords reads the password anew at each call
   */
  Logins(Supplier<String> passwords) {
    this.passwords = passwords;
  }

  /** The same for somebody who keeps no connection. */
  Logins withoutConnections() {
    Logins other = new Logins(passwords);
    other.visits.close();
    return other;
  }

  /** The connections that wait for the next visit. */
  synchronized IdleConnections visits() {
    return visits;
  }

  /** Ends those that wait, and has those that are in use ended after it. */
  synchronized void forgetVisits() {
    visits.close();
    visits = new IdleConnections();
  }

  synchronized void succeeded(int serverVersion) {
    version = serverVersion;
    lastNanos = System.nanoTime();
  }

  /** Whether one succeeded a moment ago. */
  synchronized boolean isRecent() {
    return version != 0 && System.nanoTime() - lastNanos < HOLDS.toNanos();
  }

  /** The server's version as a number, 0 before the first login. */
  synchronized int version() {
    return version;
  }

  /** The password, read again where it is said to be another by now. */
  synchronized String password(boolean again) {
    if (password == null || again) {
      password = passwords.get();
    }
    return password;
  }
}
