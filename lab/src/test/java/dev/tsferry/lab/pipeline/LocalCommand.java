package dev.tsferry.lab.pipeline;

import dev.tsferry.cli.CommandFactory;
import dev.tsferry.cli.aws.SdkAwsAccount;
import dev.tsferry.cli.command.CommandContext;
import dev.tsferry.cli.console.ShutdownInterrupts;
import dev.tsferry.cli.console.SystemPrompt;
import dev.tsferry.cli.console.TerminalTraits;
import dev.tsferry.cli.time.SystemPacer;
import dev.tsferry.lab.database.LabDatabase;
import dev.tsferry.plan.DatabaseAddress;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;

/**
 * A command of {@code tsferry} with {@code --local}, as somebody types it at a machine that reaches
 * both databases of a crossing.
 *
 * @param exitCode what it ended with
 */
public record LocalCommand(int exitCode, String out, String err) {

  /**
   * Types {@code tsferry ARGUMENTS --local --name NAME --state DIRECTORY}.
   *
   * @param folder for the certificates
   */
  public static LocalCommand type(Crossing crossing, Path folder, String... arguments)
      throws IOException {
    Map<String, String> environment =
        Map.of(
            "SOURCE", connection(crossing.source(), folder.resolve("source.pem")),
            "TARGET", connection(crossing.target(), folder.resolve("target.pem")),
            "PATH", System.getenv("PATH"));
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandContext context =
        new CommandContext(
            region -> SdkAwsAccount.open(region, Map.of()),
            new SystemPrompt(InputStream.nullInputStream(), false, false),
            new ShutdownInterrupts(),
            new SystemPacer(),
            new TerminalTraits(false, 80),
            (command, variables, output) -> 1,
            folder,
            host -> List.of(),
            environment);
    CommandLine commandLine = CommandFactory.commandLine(context);
    commandLine.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    List<String> words = new ArrayList<>(List.of(arguments));
    words.addAll(
        List.of(
            "--local",
            "--name=" + crossing.request().name(),
            "--state=" + crossing.request().stateDirectory()));
    int exitCode = commandLine.execute(words.toArray(String[]::new));
    return new LocalCommand(exitCode, out.toString(), err.toString());
  }

  private static String connection(LabDatabase<?> database, Path certificate) throws IOException {
    DatabaseAddress address = database.address();
    Files.writeString(certificate, address.tls().ca());
    return "host=%s port=%d dbname='%s' user='%s' password='%s' sslmode=%s sslrootcert='%s'"
        .formatted(
            address.host(),
            address.port(),
            escaped(address.database()),
            escaped(address.user()),
            escaped(database.password()),
            address.tls().mode().sslmode(),
            escaped(certificate.toString()));
  }

  // https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING-KEYWORD-VALUE
  private static String escaped(String value) {
    return value.replace("\\", "\\\\").replace("'", "\\'");
  }
}
