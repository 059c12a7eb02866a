package dev.tsferry.cli.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tsferry.cli.fake.PollAnswer;
import dev.tsferry.plan.event.RunEventLine;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class HostPollTest {

  @Test
  void parse_emptyHost_hasNoRun() throws IOException {
    HostPoll poll = HostPoll.parse(PollAnswer.inactive().text());

    assertThat(poll.active()).isFalse();
    assertThat(poll.state()).isEmpty();
    assertThat(poll.events()).isEmpty();
    assertThat(poll.lastSeq()).isZero();
  }

  @Test
  void parse_unknownEvent_isPassedOverButCounted() throws IOException {
    HostPoll poll =
        HostPoll.parse(
            PollAnswer.active()
                .step(1, "preflight")
                .event(2, "{\"type\":\"from-the-future\",\"x\":1}")
                .text());

    assertThat(poll.events()).extracting(RunEventLine::seq).containsExactly(1L);
    assertThat(poll.lastSeq()).isEqualTo(2);
  }

  @Test
  void parse_lineThatIsBeingWritten_isLeftForTheNextPoll() throws IOException {
    HostPoll poll =
        HostPoll.parse(PollAnswer.active().step(1, "preflight").line("{\"seq\":2,\"at\"").text());

    assertThat(poll.events()).hasSize(1);
    assertThat(poll.lastSeq()).isEqualTo(1);
  }

  @Test
  void parse_stoppingUnit_isStillActive() throws IOException {
    String text = PollAnswer.packed("--- host\nunit=deactivating\nnow=1\n");

    assertThat(HostPoll.parse(text).active()).isTrue();
  }

  @Test
  void parse_somethingElse_isRefused() {
    assertThatThrownBy(() -> HostPoll.parse("bash: command not found"))
        .isInstanceOf(IOException.class);
  }
}
