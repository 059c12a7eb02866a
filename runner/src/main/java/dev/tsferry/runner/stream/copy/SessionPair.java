package dev.tsferry.runner.stream.copy;

import dev.tsferry.runner.postgres.Server;
import dev.tsferry.runner.postgres.Session;

/** A worker's two sessions, made when they are needed and again after one was lost. */
final class SessionPair implements AutoCloseable {
  private static final String PURPOSE = "copy";

  // Who waits for an exclusive lock keeps this one out for ever: for him the snapshot's lock is in
  // the way, which is held until all is copied.
  private static final String PATIENCE = "set lock_timeout = '3s'";

  private final Server sourceServer;
  private final Server targetServer;
  private final String snapshot;
  private Session source;
  private Session target;

  SessionPair(Server source, Server target, String snapshot) {
    this.sourceServer = source;
    this.targetServer = target;
    this.snapshot = snapshot;
  }

  void open() {
    if (source == null) {
      Session session = sourceServer.connect(PURPOSE);
      source = session;
      StreamSettings.inSnapshot(session, snapshot);
      session.execute("preparing a session for rows", PATIENCE);
    }
    if (target == null) {
      Session session = targetServer.connect(PURPOSE);
      target = session;
      StreamSettings.writing(session);
    }
  }

  Session source() {
    return source;
  }

  Session target() {
    return target;
  }

  /** Ends both, in the middle of a copy too; the server rolls back what was not committed. */
  void letGo() {
    if (source != null) {
      source.abort();
      source = null;
    }
    if (target != null) {
      target.abort();
      target = null;
    }
  }

  @Override
  public void close() {
    letGo();
  }
}
