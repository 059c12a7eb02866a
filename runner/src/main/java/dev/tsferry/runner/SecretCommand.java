package dev.tsferry.runner;

import dev.tsferry.plan.outcome.ExitCode;
import dev.tsferry.runner.aws.SecretsManagerPassword;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * Answers one question for a secret on standard input: what systemd starts, as a user of its own,
 * for each connection that the run makes. It knows two secrets, whatever it is asked.
 *
 * <p>Its answer goes to a socket that only the run's user can open, never to a terminal or a log.
 */
@Command(
    name = "secret",
    hidden = true,
    description = "Answers one question for a database's password.")
final class SecretCommand implements Callable<Integer> {
  private static final Map<String, String> VARIABLES =
      Map.of("source", "TSFERRY_SOURCE_SECRET", "target", "TSFERRY_TARGET_SECRET");

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    String question =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
    String[] words = String.valueOf(question).split(" ", 2);
    String variable = VARIABLES.get(words[0]);
    String arn = variable == null ? null : System.getenv(variable);
    if (arn == null) {
      return ExitCode.USAGE.code();
    }
    String answer =
        new SecretsManagerPassword(words[0], arn).brokersAnswer(words.length > 1 ? words[1] : null);
    spec.commandLine().getOut().println(answer);
    spec.commandLine().getOut().flush();
    return ExitCode.DONE.code();
  }
}
