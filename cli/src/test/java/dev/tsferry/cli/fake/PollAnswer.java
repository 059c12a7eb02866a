package dev.tsferry.cli.fake;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** Makes answers of {@code poll.sh}. */
public final class PollAnswer {
  private String unit = "inactive";
  private long now = 1_795_168_802;
  private String prepared = "";
  private String changed = "";
  private String expires = "";
  private String state = "";
  private final List<String> said = new ArrayList<>();
  private final List<String> events = new ArrayList<>();

  public static PollAnswer active() {
    PollAnswer answer = new PollAnswer();
    answer.unit = "active";
    return answer;
  }

  public static PollAnswer inactive() {
    return new PollAnswer();
  }

  public PollAnswer prepared(String fingerprint) {
    prepared = fingerprint;
    return this;
  }

  /** When the host ends itself, in seconds after its clock. */
  public PollAnswer expiresIn(long seconds) {
    expires = Long.toString(now + seconds);
    return this;
  }

  /** What the run left changed on the source. */
  public PollAnswer changed(String statement) {
    changed = statement;
    return this;
  }

  /** The host's clock is so much later than the state document's time. */
  public PollAnswer secondsLater(long seconds) {
    now = 1_795_168_800 + seconds;
    return this;
  }

  public PollAnswer said(String line) {
    said.add(line);
    return this;
  }

  /** An event as the runner writes it. */
  public PollAnswer event(long seq, String event) {
    events.add(
        "{\"seq\":%d,\"at\":\"2026-11-20T10:00:0%dZ\",\"run\":\"orders-db\",\"event\":%s}"
            .formatted(seq, seq % 10, event));
    return this;
  }

  /** A step began. */
  public PollAnswer step(long seq, String step) {
    return event(
        seq, "{\"type\":\"step-started\",\"step\":\"%s\",\"title\":\"t\"}".formatted(step));
  }

  public PollAnswer line(String text) {
    events.add(text);
    return this;
  }

  /** The state document; {@code more} is appended within it. */
  public PollAnswer state(int attempt, String status, long lastSeq, String more) {
    state =
        """
        {"run":"orders-db","attempt":%d,"status":"%s","lastSeq":%d,"startedAt":"2026-11-20T09:00:00Z",
         "updatedAt":"2026-11-20T10:00:00Z","steps":[
           {"id":"preflight","title":"t","status":"DONE","millis":1900,"summary":"42 tables"},
           {"id":"data","title":"t","status":"RUNNING","millis":60000}]%s}"""
            .formatted(attempt, status, lastSeq, more);
    return this;
  }

  public String text() {
    List<String> lines = new ArrayList<>();
    lines.add("--- host");
    lines.add("unit=" + unit);
    lines.add("now=" + now);
    lines.add("prepared=" + prepared);
    lines.add("runner=");
    lines.add("expires=" + expires);
    lines.add("changed=" + changed);
    lines.add("plan=");
    lines.add("--- state");
    lines.add(state);
    lines.add("--- said");
    lines.addAll(said);
    lines.add("--- events");
    lines.addAll(events);
    return packed(String.join("\n", lines) + "\n");
  }

  public static String packed(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text.getBytes(UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Base64.getEncoder().encodeToString(bytes.toByteArray());
  }
}
