package dev.tsferry.cli.fake;

import dev.tsferry.cli.time.Pacer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A clock that moves only when somebody waits, and then at once. */
public final class FakePacer implements Pacer {
  private Instant now = Instant.parse("2026-11-20T10:00:00Z");
  private final List<Duration> pauses = new ArrayList<>();
  private Runnable onPause = () -> {};

  @Override
  public Instant now() {
    return now;
  }

  @Override
  public void pause(Duration duration) {
    pauses.add(duration);
    now = now.plus(duration);
    onPause.run();
  }

  /** What happens in the world while somebody waits. */
  public void onPause(Runnable happening) {
    onPause = happening;
  }

  public List<Duration> pauses() {
    return List.copyOf(pauses);
  }
}
