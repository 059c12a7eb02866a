package dev.tsferry.cli.fake;

import dev.tsferry.cli.host.HostScript;
import dev.tsferry.cli.host.RemoteCommands;
import dev.tsferry.cli.host.RemoteHost;
import dev.tsferry.plan.outcome.MigrationException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Run Command with its manners: it forgets a command for a moment, answers late, is throttled, and
 * cuts what is longer than 24,000 characters.
 */
public final class FakeRemoteCommands implements RemoteCommands {
  private static final int CUT = 24_000;

  private final Map<String, Deque<Invocation>> answers = new HashMap<>();
  private final Map<String, Deque<Object>> sent = new HashMap<>();
  private final List<String> names = new ArrayList<>();
  private final List<String> scripts = new ArrayList<>();
  private int unknown;
  private int pending;
  private MigrationException onLook;

  /** The script of that name prints {@code outputs}, one each time; the last answer is repeated. */
  public FakeRemoteCommands answer(String script, String... outputs) {
    for (String output : outputs) {
      result(script, new Invocation("Success", 0, cut(output), ""));
    }
    return this;
  }

  /** The script of that name ends like this. */
  public FakeRemoteCommands result(String script, Invocation invocation) {
    answers.computeIfAbsent(script, name -> new ArrayDeque<>()).add(invocation);
    return this;
  }

  /** Each command is unknown for so many looks, then pending for so many. */
  public FakeRemoteCommands slow(int unknownLooks, int pendingLooks) {
    unknown = unknownLooks;
    pending = pendingLooks;
    return this;
  }

  /** The first look at each command fails like this. */
  public FakeRemoteCommands failFirstLook(MigrationException failure) {
    onLook = failure;
    return this;
  }

  /** The names of the scripts that were sent, in order; pushed and started together is one. */
  public List<String> names() {
    return List.copyOf(names);
  }

  public List<String> scripts() {
    return List.copyOf(scripts);
  }

  @Override
  public String send(RemoteHost host, String script, Duration limit) {
    String name = nameOf(script);
    names.add(name);
    scripts.add(script);
    Deque<Object> looks = new ArrayDeque<>();
    if (onLook != null) {
      looks.add(onLook);
    }
    for (int i = 0; i < unknown; i++) {
      looks.add(Optional.empty());
    }
    for (int i = 0; i < pending; i++) {
      looks.add(Optional.of(new Invocation(i == 0 ? "Pending" : "InProgress", -1, "", "")));
    }
    Deque<Invocation> results = answers.getOrDefault(name, new ArrayDeque<>());
    if (results.isEmpty()) {
      throw new AssertionError("nobody expected the script " + name);
    }
    looks.add(Optional.of(results.size() > 1 ? results.poll() : results.peek()));
    String id = "command-" + scripts.size();
    sent.put(id, looks);
    return id;
  }

  @Override
  @SuppressWarnings("unchecked")
  public Optional<Invocation> invocation(String commandId, RemoteHost host) {
    Object look = sent.get(commandId).poll();
    if (look instanceof MigrationException failure) {
      throw failure;
    }
    return (Optional<Invocation>) look;
  }

  private static String nameOf(String script) {
    for (String name :
        List.of(
            "prepare-start.sh",
            "prepare-poll.sh",
            "prepare-why.sh",
            "push.sh",
            "task-start.sh",
            "task-poll.sh",
            "start.sh",
            "poll.sh",
            "extend.sh",
            "fetch.sh",
            "cancel.sh",
            "pause.sh")) {
      String firstLine = HostScript.named(name).text().lines().skip(1).findFirst().orElseThrow();
      if (script.contains(firstLine)) {
        return name;
      }
    }
    throw new AssertionError("an unknown script: " + script);
  }

  private static String cut(String output) {
    return output.length() > CUT ? output.substring(0, CUT) + "--output truncated--" : output;
  }
}
