package dev.tsferry.cli.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tsferry.cli.fake.FakePacer;
import dev.tsferry.cli.fake.FakeRemoteCommands;
import dev.tsferry.cli.fake.PollAnswer;
import dev.tsferry.cli.host.HostPoll;
import dev.tsferry.cli.host.HostRun;
import dev.tsferry.cli.host.HostShell;
import dev.tsferry.cli.host.RemoteHost;
import dev.tsferry.plan.event.RunEventLine;
import dev.tsferry.plan.event.RunState;
import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.plan.outcome.MigrationException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunFollowerTest {
  private static final String NO_MORE = "";
  private static final String DONE = ",\"exitCode\":0";

  private final FakePacer pacer = new FakePacer();
  private final Deque<Object> answers = new ArrayDeque<>();
  private final List<Long> asked = new ArrayList<>();
  private final List<Long> seen = new ArrayList<>();
  private final List<String> messages = new ArrayList<>();
  private RuntimeException hostGone;

  private void answer(PollAnswer answer) {
    answers.add(answer.text());
  }

  private FollowEnd follow(int attemptBefore) {
    RunPolls polls =
        new RunPolls() {
          @Override
          public HostPoll poll(long afterSeq) {
            asked.add(afterSeq);
            Object answer = answers.size() > 1 ? answers.poll() : answers.peek();
            if (answer instanceof MigrationException failure) {
              throw failure;
            }
            FakeRemoteCommands commands =
                new FakeRemoteCommands().answer("poll.sh", (String) answer);
            return new HostRun(new HostShell(commands, pacer, new RemoteHost("i", "d")))
                .poll(afterSeq);
          }

          @Override
          public void requireHost() {
            if (hostGone != null) {
              throw hostGone;
            }
          }
        };
    FollowListener listener =
        new FollowListener() {
          @Override
          public void event(RunEventLine line) {
            seen.add(line.seq());
          }

          @Override
          public void state(RunState state) {}

          @Override
          public void message(String text) {
            messages.add(text);
          }
        };
    return new RunFollower(polls, pacer, listener, 0, attemptBefore).follow();
  }

  @Test
  void follow_overlappingPolls_tellsEachEventOnceAndInOrder() {
    answer(PollAnswer.active().step(1, "a").step(2, "b").state(1, "RUNNING", 2, NO_MORE));
    answer(PollAnswer.active().step(2, "b").step(3, "c").state(1, "RUNNING", 3, NO_MORE));
    answer(PollAnswer.inactive().step(4, "d").state(1, "SUCCEEDED", 4, DONE));

    FollowEnd end = follow(0);

    assertThat(end)
        .isInstanceOfSatisfying(
            FollowEnd.Ended.class,
            ended -> assertThat(ended.state().status()).isEqualTo(RunState.Status.SUCCEEDED));
    assertThat(seen).containsExactly(1L, 2L, 3L, 4L);
    assertThat(asked).containsExactly(0L, 2L, 3L);
  }

  @Test
  void follow_endedRunWithMoreEventsThanFit_fetchesTheRestFirst() {
    answer(PollAnswer.inactive().step(1, "a").state(1, "SUCCEEDED", 2, DONE));
    answer(PollAnswer.inactive().step(2, "b").state(1, "SUCCEEDED", 2, DONE));

    follow(0);

    assertThat(seen).containsExactly(1L, 2L);
  }

  @Test
  void follow_hostSilentForAWhile_goesOnAndSaysSo() {
    answer(PollAnswer.active().step(1, "a").state(1, "RUNNING", 1, NO_MORE));
    answers.add(new MigrationException(ErrorCode.AWS_THROTTLED, "throttled"));
    answers.add(new MigrationException(ErrorCode.HOST_COMMAND_FAILED, "no answer"));
    answer(PollAnswer.inactive().step(2, "b").state(1, "FAILED", 2, ",\"exitCode\":8"));

    FollowEnd end = follow(0);

    assertThat(end).isInstanceOf(FollowEnd.Ended.class);
    assertThat(seen).containsExactly(1L, 2L);
    assertThat(messages).contains("throttled; trying again", "no answer; trying again");
  }

  @Test
  void follow_hostGone_endsAtOnce() {
    answers.add(new MigrationException(ErrorCode.HOST_NOT_ONLINE, "not registered"));
    hostGone = new MigrationException(ErrorCode.HOST_NOT_ONLINE, "the instance is terminated");

    assertThatThrownBy(() -> follow(0)).hasMessage("the instance is terminated");
    assertThat(asked).hasSize(1);
  }

  @Test
  void follow_silentForHalfAnHour_givesUpAndSaysThatTheRunMayGoOn() {
    answers.add(new MigrationException(ErrorCode.HOST_COMMAND_FAILED, "no answer"));

    assertThatThrownBy(() -> follow(0))
        .hasMessageContaining("the run may well go on. The last try: no answer")
        .extracting("code")
        .isEqualTo(ErrorCode.TIMED_OUT);
  }

  @Test
  void follow_otherFailure_isNotWaitedOut() {
    answers.add(new MigrationException(ErrorCode.AWS_NO_CREDENTIALS, "expired"));

    assertThatThrownBy(() -> follow(0)).hasMessage("expired");
  }

  @Test
  void follow_unitGoneAndStateRunning_saysThatItDied() {
    answer(PollAnswer.inactive().step(1, "a").state(1, "RUNNING", 1, NO_MORE).said("Killed"));

    assertThat(follow(0))
        .isInstanceOfSatisfying(
            FollowEnd.Died.class, died -> assertThat(died.said()).containsExactly("Killed"));
  }

  @Test
  void follow_endOfAnEarlierAttempt_isNotTakenForThisOnes() {
    answer(PollAnswer.inactive().state(3, "FAILED", 9, ",\"exitCode\":8").said("no java"));

    assertThat(follow(3)).isInstanceOf(FollowEnd.Died.class);
  }

  @Test
  void follow_runnerThatStoppedWriting_isMentionedOnce() {
    String old = PollAnswer.active().state(1, "RUNNING", 0, NO_MORE).secondsLater(90).text();
    answers.add(old);
    answers.add(old);
    answer(PollAnswer.inactive().state(1, "SUCCEEDED", 0, DONE));

    follow(0);

    assertThat(messages)
        .containsExactly(
            "the runner has said nothing for 90 s; it may hang, or the host may be overloaded");
  }

  @Test
  void follow_quietRun_asksMoreAndMoreSeldom() {
    for (int i = 0; i < 8; i++) {
      answer(PollAnswer.active().state(1, "RUNNING", 0, NO_MORE));
    }
    answer(PollAnswer.inactive().state(1, "SUCCEEDED", 0, DONE));

    follow(0);

    // Every second pause is the wait for the command's answer.
    List<Duration> betweenPolls = new ArrayList<>();
    for (int i = 1; i < pacer.pauses().size(); i += 2) {
      betweenPolls.add(pacer.pauses().get(i));
    }
    assertThat(betweenPolls).isSorted().first().isEqualTo(Duration.ofSeconds(2));
    assertThat(betweenPolls).last().isEqualTo(Duration.ofSeconds(8));
  }
}
