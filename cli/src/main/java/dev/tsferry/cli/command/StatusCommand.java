package dev.tsferry.cli.command;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.tsferry.cli.console.TerminalTraits;
import dev.tsferry.cli.host.HostPoll;
import dev.tsferry.cli.host.HostRun;
import dev.tsferry.cli.options.LocalOptions;
import dev.tsferry.cli.options.PlanFileOptions;
import dev.tsferry.cli.render.RunRenderer;
import dev.tsferry.cli.render.StatusText;
import dev.tsferry.cli.stack.DeployedStack;
import dev.tsferry.plan.Json;
import dev.tsferry.plan.MigrationPlan;
import dev.tsferry.plan.deployment.ResourceNames;
import dev.tsferry.plan.deployment.StackOutput;
import dev.tsferry.plan.outcome.ExitCode;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tsferry status}: stack, host and run as they are now. */
@Command(
    name = "status",
    sortOptions = false,
    description = {
      "Show stack, host and run as they are now. What a run that died left changed for its own time",
      "(a read-only source, paused background jobs, the target's restore mode) is undone."
    })
public final class StatusCommand implements Callable<Integer> {
  private static final long LAST_EVENTS = -5;

  @Mixin private PlanFileOptions planFile;

  @Option(names = "--json", description = "Print one JSON document instead of text.")
  private boolean json;

  @ArgGroup(exclusive = false, heading = "%nOn this machine:%n")
  private LocalOptions local;

  @Spec private CommandSpec spec;

  private final CommandContext context;

  public StatusCommand(CommandContext context) {
    this.context = requireNonNull(context, "context is null");
  }

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    if (local != null && local.local()) {
      return new LocalStatus(context, out, err).show(local, json);
    }
    MigrationPlan plan = planFile.read();
    RemoteSite site = RemoteSite.open(context, plan, err);
    MigrationStatus status = look(site);
    if (status.leftChanged()) {
      undo(site, err);
    }
    if (json) {
      out.println(text(status.document()));
    } else {
      print(out, status);
    }
    return ExitCode.DONE.code();
  }

  // A production that stays read-only is the worst that a run can leave.
  private void undo(RemoteSite site, PrintWriter err) {
    Lines.print(err, "the run ended without undoing what it changed for its own time; undoing it");
    new RemoteTask(context, site, err, planFile.repeated())
        .run("undoing what the run changed", "undo", "", false, planFile.file())
        .undone()
        .forEach(text -> Lines.print(err, "undone: " + text));
  }

  private static MigrationStatus look(RemoteSite site) {
    String name = site.plan().name();
    Optional<DeployedStack> stack = site.stack().find();
    if (stack.isEmpty() || !stack.get().usable()) {
      return new MigrationStatus(
          name, stack.map(DeployedStack::status).orElse(null), null, null, null, Optional.empty());
    }
    String instanceId = stack.get().output(StackOutput.INSTANCE_ID);
    String instance = site.account().hosts().instance(instanceId).orElse("missing");
    String agent = site.account().hosts().agent(instanceId).orElse("not registered");
    Optional<HostPoll> poll = Optional.empty();
    if (site.readiness().online(instanceId)) {
      poll = Optional.of(new HostRun(site.shell(stack.get())).poll(LAST_EVENTS));
    }
    return new MigrationStatus(name, stack.get().status(), instanceId, instance, agent, poll);
  }

  private void print(PrintWriter out, MigrationStatus status) {
    out.printf("migration   %s%n", status.name());
    out.printf(
        "stack       %s: %s%n",
        ResourceNames.stack(status.name()), status.stack() == null ? "not there" : status.stack());
    if (status.host() != null) {
      out.printf(
          "host        %s: %s, agent %s%n", status.host(), status.instance(), status.agent());
    }
    out.printf("run         %s%n", status.runInWords());
    status.expiryInWords().ifPresent(words -> out.printf("expires     %s%n", words));
    status.remains().forEach(thing -> out.printf("remains     %s%n", thing));
    if (status.poll().isPresent()) {
      HostPoll poll = status.poll().get();
      poll.state().ifPresent(state -> StatusText.print(out, state, poll.now()));
      if (!poll.events().isEmpty()) {
        out.println("last events");
        try (RunRenderer renderer =
            new RunRenderer(out, new TerminalTraits(false, 80), context.pacer())) {
          poll.events().forEach(renderer::event);
        }
      }
    }
    out.println(next(status));
  }

  private String next(MigrationStatus status) {
    String option = planFile.repeated();
    if (status.stack() == null) {
      return "next: tsferry up" + option;
    }
    return switch (status.run()) {
      case "none", "died", "failed", "cancelled" -> "next: tsferry run" + option;
      case "running" -> "next: tsferry follow" + option;
      case "succeeded" -> "next: tsferry down" + option;
      default -> "next: tsferry status" + option;
    };
  }

  static String text(Object document) {
    try {
      return Json.lenient().writerWithDefaultPrettyPrinter().writeValueAsString(document);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
