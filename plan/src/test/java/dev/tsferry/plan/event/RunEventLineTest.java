package dev.tsferry.plan.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tsferry.plan.Json;
import dev.tsferry.plan.outcome.ErrorCode;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunEventLineTest {
  private static final Instant AT = Instant.parse("2026-11-20T10:02:11Z");
  private final ObjectMapper mapper = Json.lenient();

  @Test
  void everyEvent_survivesTheWire() throws Exception {
    List<RunEvent> events =
        List.of(
            new RunEvent.RunStarted(2, "0.1.0", List.of("preflight", "dump")),
            new RunEvent.StepStarted("data", "load rows"),
            new RunEvent.StepSkipped("dump", "done by attempt 1"),
            new RunEvent.StepFinished("data", 1200, "3 tables"),
            new RunEvent.StepFailed("data", ErrorCode.TARGET_FAILED, "no", List.of("try")),
            new RunEvent.Notice(RunEvent.Notice.Level.WARNING, "a\nb"),
            new RunEvent.RunFinished(0, "done"));
    assertThat(events).hasSize(RunEvent.class.getPermittedSubclasses().length);
    for (RunEvent event : events) {
      RunEventLine line = new RunEventLine(7, AT, "orders", event);
      String json = mapper.writeValueAsString(line);
      assertThat(json).startsWith("{\"seq\":7,").doesNotContain("\n");
      assertThat(mapper.readValue(json, RunEventLine.class)).isEqualTo(line);
    }
  }

  @Test
  void unknownField_isPassedOver() throws Exception {
    String json =
        "{\"seq\":1,\"at\":\"2026-11-20T10:02:11Z\",\"run\":\"r\",\"new\":1,"
            + "\"event\":{\"type\":\"run-finished\",\"exitCode\":0,\"summary\":\"s\",\"more\":2}}";
    assertThat(mapper.readValue(json, RunEventLine.class).event())
        .isEqualTo(new RunEvent.RunFinished(0, "s"));
  }
}
