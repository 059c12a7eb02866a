package dev.tsferry.cli.follow;

import dev.tsferry.cli.host.HostPoll;

/** Where the follower asks how the run stands. */
public interface RunPolls {

  /** Where the run stands, with the events after number {@code afterSeq}. */
  HostPoll poll(long afterSeq);

  /**
   * Called when polls fail: there may be nobody left to answer.
   *
   * @throws dev.tsferry.plan.outcome.MigrationException {@code HOST_NOT_ONLINE} if the host is gone
   *     for good
   */
  void requireHost();
}
