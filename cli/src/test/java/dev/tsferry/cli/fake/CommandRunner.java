package dev.tsferry.cli.fake;

import dev.tsferry.cli.CommandFactory;
import dev.tsferry.cli.command.CommandContext;
import dev.tsferry.cli.console.TerminalTraits;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;

/** Types commands against a fake world and keeps what they print. */
public final class CommandRunner {
  public final FakeAccount account = new FakeAccount();
  public final FakePrompt prompt = new FakePrompt();
  public final FakePacer pacer = new FakePacer();
  public final Map<String, String> environment = new HashMap<>();
  public final List<String> cdk = new ArrayList<>();
  public Runnable onCdk = () -> {};
  public int cdkExitCode;
  private final Path directory;

  /** What a command ended with. */
  public record Outcome(int exitCode, String out, String err) {}

  public CommandRunner(Path directory) {
    this.directory = directory;
    try {
      Files.createDirectories(directory.resolve("runner/target"));
      Files.writeString(directory.resolve("runner/target/tsferry-runner.jar"), "a jar");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Path plan() {
    return directory.resolve("migration.json");
  }

  /** Writes a plan, as {@code tsferry plan} does. */
  public CommandRunner planned(String... options) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "plan", "--rds", "orders-db", "--target-host", "t.test", "--target-port", "31000"));
    arguments.addAll(List.of(options));
    Outcome outcome = run(arguments.toArray(String[]::new));
    if (outcome.exitCode() != 0) {
      throw new AssertionError(outcome.err());
    }
    return this;
  }

  /** Types {@code tsferry ARGUMENTS --plan FILE}. */
  public Outcome run(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add("--plan=" + plan());
    return runPlainly(all.toArray(String[]::new));
  }

  /** Types {@code tsferry ARGUMENTS}. */
  public Outcome runPlainly(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine commandLine = CommandFactory.commandLine(context());
    commandLine.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    int exitCode = commandLine.execute(arguments);
    return new Outcome(exitCode, out.toString(), err.toString());
  }

  private CommandContext context() {
    return new CommandContext(
        region -> account,
        prompt,
        action -> () -> {},
        pacer,
        new TerminalTraits(false, 80),
        (arguments, variables, output) -> {
          cdk.add(String.join(" ", arguments));
          output.accept("cdk says hello");
          onCdk.run();
          return cdkExitCode;
        },
        directory,
        account.network,
        environment);
  }
}
