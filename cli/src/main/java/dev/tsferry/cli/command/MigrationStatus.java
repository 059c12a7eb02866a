package dev.tsferry.cli.command;

import static java.util.Objects.requireNonNull;

import dev.tsferry.cli.host.HostPoll;
import dev.tsferry.plan.event.RunState;
import java.util.Locale;
import java.util.Optional;

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

  MigrationStatus {
    requireNonNull(name, "name is null");
    requireNonNull(poll, "poll is null");
  }

  /**
   * What {@code tsferry status --json} prints.
   *
   * <pre>
   * {"version":1,"name":"orders-db","stack":"CREATE_COMPLETE","host":"i-0abc","instance":"running",
   *  "agent":"Online","run":"running","state":{...}}
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
      RunState state) {}

  Document document() {
    return new Document(1, name, stack, host, instance, agent, run(), state().orElse(null));
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
