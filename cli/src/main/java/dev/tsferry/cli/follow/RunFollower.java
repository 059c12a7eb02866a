package dev.tsferry.cli.follow;

import static java.util.Objects.requireNonNull;

import dev.tsferry.cli.host.HostPoll;
import dev.tsferry.cli.time.Backoff;
import dev.tsferry.cli.time.Pacer;
import dev.tsferry.plan.event.RunEventLine;
import dev.tsferry.plan.event.RunState;
import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.plan.outcome.MigrationException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Polls until the run ends, and tells a listener each event once and in order. A poll that fails
 * says nothing about the run, so the follower goes on asking, more slowly; it gives up when the
 * host is gone, or after a long silence.
 */
public final class RunFollower {
  private static final Duration QUICK = Duration.ofSeconds(2);
  // With the call that fetches the answer, this keeps a quiet run at one call in five seconds.
  private static final Duration QUIET = Duration.ofSeconds(8);
  private static final Duration PATIENCE = Duration.ofMinutes(30);
  private static final Duration STALE = Duration.ofSeconds(60);
  private static final Set<ErrorCode> PASSING =
      EnumSet.of(
          ErrorCode.AWS_THROTTLED,
          ErrorCode.AWS_FAILED,
          ErrorCode.HOST_NOT_ONLINE,
          ErrorCode.HOST_COMMAND_FAILED,
          ErrorCode.TIMED_OUT);

  private final RunPolls polls;
  private final Pacer pacer;
  private final FollowListener listener;
  private final int attemptBefore;

  private final Backoff backoff = new Backoff(QUICK, QUIET);
  private long lastSeq;
  private Instant lastAnswer;
  private boolean staleTold;

  /**
   * @param afterSeq number of the last event that the listener has
   * @param attemptBefore attempt of the run that the state document told of before this one was
   *     started, so that its end is not taken for this one's; 0 if none or if it does not matter
   */
  public RunFollower(
      RunPolls polls, Pacer pacer, FollowListener listener, long afterSeq, int attemptBefore) {
    this.polls = requireNonNull(polls, "polls is null");
    this.pacer = requireNonNull(pacer, "pacer is null");
    this.listener = requireNonNull(listener, "listener is null");
    this.lastSeq = afterSeq;
    this.attemptBefore = attemptBefore;
    this.lastAnswer = pacer.now();
  }

  /**
   * Follows to the end.
   *
   * @throws MigrationException {@code HOST_NOT_ONLINE} if the host is gone, {@code TIMED_OUT} if it
   *     was silent for too long
   */
  public FollowEnd follow() {
    while (true) {
      Optional<HostPoll> answer = poll();
      if (answer.isPresent()) {
        HostPoll poll = answer.get();
        boolean news = tell(poll);
        Optional<RunState> state = poll.state().filter(this::ofThisRun);
        boolean behind = state.isPresent() && poll.lastSeq() > 0 && lastSeq < state.get().lastSeq();
        if (!poll.active() && !behind) {
          return end(poll, state);
        }
        if (news) {
          backoff.reset();
        }
        if (behind) {
          continue;
        }
      }
      pacer.pause(backoff.next());
    }
  }

  private FollowEnd end(HostPoll poll, Optional<RunState> state) {
    return state
        .filter(last -> last.status() != RunState.Status.RUNNING)
        .<FollowEnd>map(FollowEnd.Ended::new)
        .orElseGet(() -> new FollowEnd.Died(poll.state(), poll.said()));
  }

  private boolean ofThisRun(RunState state) {
    return state.attempt() > attemptBefore;
  }

  private Optional<HostPoll> poll() {
    try {
      HostPoll poll = polls.poll(lastSeq);
      if (Duration.between(lastAnswer, pacer.now()).compareTo(STALE) > 0) {
        listener.message("the host answers again");
      }
      lastAnswer = pacer.now();
      return Optional.of(poll);
    } catch (MigrationException e) {
      if (!PASSING.contains(e.code())) {
        throw e;
      }
      polls.requireHost();
      Duration silence = Duration.between(lastAnswer, pacer.now());
      if (silence.compareTo(PATIENCE) > 0) {
        throw new MigrationException(
            ErrorCode.TIMED_OUT,
            "following the run: no answer for %d minutes; the run may well go on. The last try: %s"
                .formatted(silence.toMinutes(), e.getMessage()),
            e,
            "tsferry status",
            "tsferry follow");
      }
      listener.message(e.getMessage() + "; trying again");
      return Optional.empty();
    }
  }

  private boolean tell(HostPoll poll) {
    boolean news = false;
    for (RunEventLine line : poll.events()) {
      if (line.seq() > lastSeq) {
        lastSeq = line.seq();
        listener.event(line);
        news = true;
      }
    }
    lastSeq = Math.max(lastSeq, poll.lastSeq());
    poll.state().filter(this::ofThisRun).ifPresent(state -> tell(poll, state));
    return news;
  }

  private void tell(HostPoll poll, RunState state) {
    listener.state(state);
    Duration age = Duration.between(state.updatedAt(), poll.now());
    boolean stale = poll.active() && age.compareTo(STALE) > 0;
    if (stale && !staleTold) {
      listener.message(
          "the runner has said nothing for %d s; it may hang, or the host may be overloaded"
              .formatted(age.toSeconds()));
    }
    staleTold = stale;
  }
}
