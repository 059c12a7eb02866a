package dev.tsferry.cli.host;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tsferry.plan.event.RunEvent;
import dev.tsferry.plan.event.RunEventLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs {@code poll.sh} itself, with its directories moved to a temporary one. */
class PollScriptTest {
  @TempDir Path directory;

  private HostPoll poll(long after) throws IOException {
    String script =
        HostScript.named("poll.sh")
            .with("AFTER", Long.toString(after))
            .text()
            .replace("/var/lib/tsferry", directory.toString())
            .replace("/var/log/tsferry", directory.toString())
            .replace("/opt/tsferry", directory.toString())
            .replace("systemctl show -p ActiveState --value tsferry-run.service", "echo active");
    Process bash = new ProcessBuilder("bash", "-c", script).start();
    String answer = new String(bash.getInputStream().readAllBytes(), UTF_8);
    assertThat(answer.length()).isLessThanOrEqualTo(20_001);
    return HostPoll.parse(answer);
  }

  private void events(int count, int noise) throws IOException {
    Random random = new Random(1);
    List<String> lines = new ArrayList<>();
    for (int seq = 1; seq <= count; seq++) {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < noise; i++) {
        text.append((char) ('a' + random.nextInt(26)));
      }
      lines.add(
          "{\"seq\":%d,\"at\":\"2026-11-20T10:00:00Z\",\"run\":\"r\",\"event\":{\"type\":\"notice\",\"level\":\"INFO\",\"text\":\"é%s\"}}"
              .formatted(seq, text));
    }
    Files.write(directory.resolve("events.jsonl"), lines);
  }

  @Test
  void poll_nothingThere_answersAllTheSame() throws IOException {
    HostPoll poll = poll(0);

    assertThat(poll.unit()).isEqualTo("active");
    assertThat(poll.state()).isEmpty();
    assertThat(poll.events()).isEmpty();
  }

  @Test
  void poll_moreEventsThanFit_bringsThemAllInSeveralAnswers() throws IOException {
    events(2000, 100);
    List<Long> seen = new ArrayList<>();
    long after = 0;
    int polls = 0;
    while (after < 2000) {
      HostPoll poll = poll(after);
      poll.events().forEach(line -> seen.add(line.seq()));
      assertThat(poll.lastSeq()).isGreaterThan(after);
      after = poll.lastSeq();
      polls++;
    }

    assertThat(seen).hasSize(2000).isSorted().doesNotHaveDuplicates();
    assertThat(polls).isBetween(2, 30);
  }

  @Test
  void poll_onlyTheLast_bringsThose() throws IOException {
    events(50, 10);

    assertThat(poll(-3).events()).extracting(RunEventLine::seq).containsExactly(48L, 49L, 50L);
  }

  @Test
  void poll_textOfAnyKind_arrivesWhole() throws IOException {
    events(1, 3);

    assertThat(poll(0).events().get(0).event())
        .isInstanceOfSatisfying(
            RunEvent.Notice.class, notice -> assertThat(notice.text()).startsWith("é"));
  }
}
