package dev.tsferry.cli.command;

import static java.util.Objects.requireNonNull;

import dev.tsferry.cli.host.HostPoll;
import dev.tsferry.cli.render.Amounts;
import dev.tsferry.plan.event.RunState;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Stack, host and run at one moment.
 *
 * @param stack CloudFormation's status of the stack, or null if there is none
 * @param host the instance's id, or null
 * @param instance EC2's state of it, or null
 * @param agent Systems Manager's word on its agent, or null
 * @param poll what the host said, if it could be asked
 */
record MigrationStatus(
    String name,
    String stack,
    String host,
    String instance,
    String agent,
    Optional<HostPoll> poll) {

  private static final Duration SOON = Duration.ofHours(24);
  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT);
  private static final Set<String> GONE = Set.of("shutting-down", "terminated", "missing");

  MigrationStatus {
    requireNonNull(name, "name is null");
    requireNonNull(poll, "poll is null");
  }

  /**
   * What {@code tsferry status --json} prints.
   *
   * <pre>
   * {"version":1,"name":"orders-db","stack":"CREATE_COMPLETE","host":"i-0abc","instance":"running",
   *  "agent":"Online","run":"running","expires":"2026-11-23T12:00:00Z","state":{...}}
   * </pre>
   *
   * @param run none, running, died, succeeded, failed, cancelled, or unknown where the host could
   *     not be asked
   */
  record Document(
      int version,
      String name,
      String stack,
      String host,
      String instance,
      String agent,
      String run,
      Instant expires,
      RunState state) {}

  Document document() {
    return new Document(
        1, name, stack, host, instance, agent, run(), expires().orElse(null), state().orElse(null));
  }

  private Optional<Instant> expires() {
    return poll.flatMap(HostPoll::expires);
  }

  /** When the host ends itself, in a sentence; empty where that is not known. */
  Optional<String> expiryInWords() {
    return expires()
        .map(
            moment -> {
              Duration left = Duration.between(poll.orElseThrow().now(), moment);
              String soon = left.compareTo(SOON) < 0 ? ", which is soon" : "";
              return "%s, in %s%s: then the host ends itself with its disks, unless a run is active; \"tsferry extend\" moves it"
                  .formatted(
                      MOMENT.format(moment.atOffset(ZoneOffset.UTC)),
                      Amounts.duration(left.isNegative() ? Duration.ZERO : left),
                      soon);
            });
  }

  /** What of the migration is still in the account after its host has ended. */
  List<String> remains() {
    return instance == null || !GONE.contains(instance)
        ? List.of()
        : List.of(
            "the stack with its secrets, its bucket, its role and the rule on the source's security group; the host and its disks are gone");
  }

  /** Whether the run is over and what it changed for its own time may still be in force. */
  boolean leftChanged() {
    return poll.isPresent() && !poll.get().active() && !poll.get().changed().isEmpty();
  }

  Optional<RunState> state() {
    return poll.flatMap(HostPoll::state);
  }

  /** What became of the run, in one word. */
  String run() {
    if (poll.isEmpty()) {
      return stack == null ? "none" : "unknown";
    }
    if (poll.get().active()) {
      return "running";
    }
    if (state().isEmpty()) {
      return "none";
    }
    return state().get().status().afterwards();
  }

  /** What became of the run, in a sentence. */
  String runInWords() {
    return switch (run()) {
      case "none" -> "none was started";
      case "unknown" -> "unknown, the host cannot be asked";
      case "running" -> "active";
      case "died" ->
          "died: its state says running and its unit is gone; \"tsferry run\" takes it up again";
      default -> inWords(state().orElseThrow());
    };
  }

  /** How a run ended, in words. */
  static String inWords(RunState state) {
    String text = state.status().name().toLowerCase(Locale.ROOT);
    if (state.exitCode() != null) {
      text += ", exit code " + state.exitCode();
    }
    return state.failure() == null ? text : text + ": " + state.failure().message();
  }
}
