package dev.tsferry.cli.render;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tsferry.cli.follow.FollowListener;
import dev.tsferry.plan.Json;
import dev.tsferry.plan.event.RunEventLine;
import dev.tsferry.plan.event.RunState;
import java.io.PrintWriter;
import java.io.UncheckedIOException;

/**
 * A run for programs: each event as one line of JSON, as the runner wrote it.
 *
 * <pre>
 * {"seq":7,"at":"2026-11-20T10:02:11Z","run":"orders","event":{"type":"step-started",…}}
 * </pre>
 */
public final class EventLines implements FollowListener {
  private final ObjectMapper mapper = Json.lenient();
  private final PrintWriter out;
  private final FollowListener people;

  /**
   * @param people told of what concerns the following itself, which is no event
   */
  public EventLines(PrintWriter out, FollowListener people) {
    this.out = requireNonNull(out, "out is null");
    this.people = requireNonNull(people, "people is null");
  }

  @Override
  public void event(RunEventLine line) {
    try {
      out.println(mapper.writeValueAsString(line));
      out.flush();
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void state(RunState state) {
    // Where a run stands between two events is for people who wait.
  }

  @Override
  public void message(String text) {
    people.message(text);
  }
}
