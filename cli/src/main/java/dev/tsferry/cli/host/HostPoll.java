package dev.tsferry.cli.host;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tsferry.plan.Json;
import dev.tsferry.plan.event.RunEventLine;
import dev.tsferry.plan.event.RunState;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/**
 * What the host says of itself and of the run, as {@code poll.sh} prints it.
 *
 * @param unit systemd's state of the run's unit, such as {@code active} or {@code inactive}
 * @param now the host's clock
 * @param prepared fingerprint of the host's preparation, or empty
 * @param runner file name of the runner's jar, or empty
 * @param planSha SHA-256 of the plan that the host has, or empty
 * @param expires when the host ends itself, unless a run is active; empty before its preparation
 * @param changed what the run changed for its own time and may not have undone, or empty
 * @param said the last lines that the runner said past its own log
 * @param events what came after the number that was asked for; not always all
 * @param lastSeq number of the last event read, of a known type or not; 0 if there was none
 */
public record HostPoll(
    String unit,
    Instant now,
    String prepared,
    String runner,
    String planSha,
    Optional<Instant> expires,
    String changed,
    Optional<RunState> state,
    List<String> said,
    List<RunEventLine> events,
    long lastSeq) {

  public HostPoll {
    requireNonNull(unit, "unit is null");
    requireNonNull(now, "now is null");
    said = List.copyOf(said);
    events = List.copyOf(events);
  }

  /** Whether the run's unit is there in any way; while it stops, it is. */
  public boolean active() {
    return !unit.equals("inactive") && !unit.equals("failed") && !unit.isEmpty();
  }

  /**
   * Reads what {@code poll.sh} printed.
   *
   * @throws IOException if it is not that
   */
  static HostPoll parse(String answer) throws IOException {
    Map<String, List<String>> sections = sections(unpack(answer));
    Map<String, String> host = new HashMap<>();
    for (String line : sections.getOrDefault("host", List.of())) {
      int equals = line.indexOf('=');
      host.put(line.substring(0, equals), line.substring(equals + 1));
    }
    ObjectMapper json = Json.lenient();
    List<RunEventLine> events = new ArrayList<>();
    long lastSeq = 0;
    for (String line : sections.getOrDefault("events", List.of())) {
      JsonNode tree = tree(json, line);
      if (tree == null) {
        break;
      }
      lastSeq = tree.path("seq").asLong();
      event(json, tree).ifPresent(events::add);
    }
    return new HostPoll(
        host.getOrDefault("unit", ""),
        Instant.ofEpochSecond(Long.parseLong(host.getOrDefault("now", "0"))),
        host.getOrDefault("prepared", ""),
        host.getOrDefault("runner", ""),
        host.getOrDefault("plan", ""),
        expires(host.getOrDefault("expires", "")),
        host.getOrDefault("changed", ""),
        state(json, sections.getOrDefault("state", List.of())),
        sections.getOrDefault("said", List.of()),
        events,
        lastSeq);
  }

  private static Optional<Instant> expires(String seconds) {
    return seconds.isEmpty()
        ? Optional.empty()
        : Optional.of(Instant.ofEpochSecond(Long.parseLong(seconds)));
  }

  // A line that the runner is just writing is no JSON yet; it comes whole with the next poll.
  private static JsonNode tree(ObjectMapper json, String line) {
    try {
      return json.readTree(line);
    } catch (JsonProcessingException e) {
      return null;
    }
  }

  // A newer runner may write events that this version does not know: they are passed over.
  private static Optional<RunEventLine> event(ObjectMapper json, JsonNode tree) {
    try {
      return Optional.of(json.treeToValue(tree, RunEventLine.class));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  private static Optional<RunState> state(ObjectMapper json, List<String> lines)
      throws JsonProcessingException {
    String text = String.join("\n", lines);
    return text.isBlank() ? Optional.empty() : Optional.of(json.readValue(text, RunState.class));
  }

  private static String unpack(String answer) throws IOException {
    try {
      byte[] packed = Base64.getDecoder().decode(answer.strip());
      try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
        return new String(in.readAllBytes(), UTF_8);
      }
    } catch (IllegalArgumentException e) {
      throw new IOException("not base64", e);
    }
  }

  private static Map<String, List<String>> sections(String document) {
    Map<String, List<String>> sections = new HashMap<>();
    List<String> current = new ArrayList<>();
    for (String line : document.lines().toList()) {
      if (line.startsWith("--- ")) {
        current = sections.computeIfAbsent(line.substring(4), name -> new ArrayList<>());
      } else {
        current.add(line);
      }
    }
    return sections;
  }
}
