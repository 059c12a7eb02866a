package dev.tsferry.plan.event;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * One line of the event file: an event with its place in the run.
 *
 * <pre>
 * {"seq":3,"at":"2026-11-20T10:02:11Z","run":"orders-db","event":{"type":"step-started","step":"data","title":"load rows"}}
 * </pre>
 *
 * @param seq counts from 1 without gaps over all attempts of a run, and is the line's number in the
 *     file, so that a follower can ask for what comes after the last one that it has
 */
public record RunEventLine(long seq, Instant at, String run, RunEvent event) {
  public RunEventLine {
    requireNonNull(at, "at is null");
    requireNonNull(run, "run is null");
    requireNonNull(event, "event is null");
  }
}
