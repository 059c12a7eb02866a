package dev.tsferry.cli.command;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.tsferry.cli.local.LocalPasswords;
import dev.tsferry.cli.options.PlanFileOptions;
import dev.tsferry.plan.Counted;
import dev.tsferry.plan.Json;
import dev.tsferry.plan.check.PasswordReport;
import dev.tsferry.plan.deployment.StackOutput;
import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.plan.outcome.ExitCode;
import dev.tsferry.plan.outcome.MigrationException;
import dev.tsferry.runner.password.PasswordStatements;
import dev.tsferry.runner.password.RolePasswords;
import dev.tsferry.runner.password.RoleVerifiers;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tsferry passwords}: new passwords for the roles, since the source's are not carried. */
@Command(
    name = "passwords",
    sortOptions = false,
    description = {
      "List the target's roles that log in, and give them new passwords, from the host or, with",
      "--local, from here: those of the source are never carried."
    },
    footer = {
      "",
      "A line of a file is a role, a tab and its password. What is sent is never a password, only what",
      "a server stores of one (a SCRAM verifier).",
      "",
      "  tsferry passwords                              # which roles there are",
      "  tsferry passwords --generate passwords.tsv     # a random one for each, written there and set",
      "  tsferry passwords --file passwords.tsv         # those of the file; may be repeated"
    })
public final class PasswordsCommand implements Callable<Integer> {
  private static final String STANDARD_INPUT = "-";
  // A secret holds 64 KiB.
  private static final int MOST_BYTES = 60_000;

  @Mixin private PlanFileOptions planFile;

  @Option(
      names = "--file",
      paramLabel = "FILE|-",
      description = "Set the passwords of this file, which only its owner may read, or of stdin.")
  private String file;

  @Option(
      names = "--generate",
      paramLabel = "FILE",
      description = "Make random passwords, write them to this new file, and set them.")
  private Path generate;

  @Option(
      names = "--role",
      paramLabel = "NAME",
      description = "With --generate: only this role. Repeatable.")
  private List<String> only = new ArrayList<>();

  @Option(
      names = "--script",
      paramLabel = "FILE",
      description = "Set nothing; write the statements to this new file.")
  private Path script;

  @Option(names = "--json", description = "Print one JSON document instead of text.")
  private boolean json;

  @Option(names = "--local", description = "Reach the target from this machine, as $TARGET says.")
  private boolean local;

  @Spec private CommandSpec spec;

  private final CommandContext context;
  private RemoteSite site;

  public PasswordsCommand(CommandContext context) {
    this.context = requireNonNull(context, "context is null");
  }

  @Override
  public Integer call() throws IOException {
    requireSense();
    if (file == null && generate == null) {
      return finished(apply(new RoleVerifiers(List.of())), "");
    }
    if (generate != null) {
      RolePasswords.requireNew(generate);
    }
    if (script != null) {
      RolePasswords.requireNew(script);
    }
    RoleVerifiers verifiers = passwords().verifiers();
    if (script != null) {
      PasswordStatements.writeScript(verifiers, script);
      Lines.print(err(), "wrote %s; run it with psql on the target".formatted(script));
      return ExitCode.DONE.code();
    }
    return finished(apply(verifiers), generate == null ? "" : generate.toString());
  }

  private void requireSense() {
    if (file != null && generate != null) {
      throw new MigrationException(
          ErrorCode.BAD_ARGUMENT, "both --file and --generate are given", "give one of them");
    }
    if (script != null && file == null && generate == null) {
      throw new MigrationException(
          ErrorCode.BAD_ARGUMENT,
          "--script is given without passwords",
          "add --file or --generate");
    }
    if (!only.isEmpty() && generate == null) {
      throw new MigrationException(
          ErrorCode.BAD_ARGUMENT, "--role is given without --generate", "add --generate FILE");
    }
  }

  private RolePasswords passwords() throws IOException {
    if (generate == null) {
      return file.equals(STANDARD_INPUT)
          ? RolePasswords.parse(context.prompt().lines(), "standard input")
          : RolePasswords.read(Path.of(file));
    }
    List<String> roles = apply(new RoleVerifiers(List.of())).roles();
    List<String> unknown = only.stream().filter(role -> !roles.contains(role)).toList();
    if (!unknown.isEmpty()) {
      throw new MigrationException(
          ErrorCode.BAD_ARGUMENT,
          "making passwords: the target has no role that logs in and that its user may change, called "
              + String.join(", ", unknown),
          "tsferry passwords" + (local ? " --local" : planFile.repeated()));
    }
    RolePasswords made = RolePasswords.generated(only.isEmpty() ? roles : only);
    made.write(generate);
    Lines.print(
        err(),
        "wrote %s; should this be interrupted: tsferry passwords --file %s%s"
            .formatted(generate, generate, local ? " --local" : planFile.repeated()));
    return made;
  }

  private PasswordReport apply(RoleVerifiers verifiers) {
    return local ? LocalPasswords.apply(verifiers, context.environment()) : there(verifiers);
  }

  // What the host is to read lies in the target's secret beside the login, under a label of its
  // own.
  private PasswordReport there(RoleVerifiers verifiers) {
    if (site == null) {
      site = RemoteSite.open(context, planFile.read(), err());
    }
    RemoteTask task = new RemoteTask(context, site, err(), planFile.repeated());
    String doing = "setting passwords of roles";
    if (verifiers.roles().isEmpty()) {
      return task.run(doing, "passwords", "", false, planFile.file()).passwords();
    }
    String text = verifiers.json();
    if (text.length() > MOST_BYTES) {
      throw new MigrationException(
          ErrorCode.BAD_ARGUMENT,
          "%s: %d roles are too many for one secret".formatted(doing, verifiers.roles().size()),
          "give them in several files of 300 roles or fewer");
    }
    String secret = site.stack().require().output(StackOutput.TARGET_SECRET_ARN);
    site.account().secrets().putBeside(secret, RoleVerifiers.SECRET_STAGE, text);
    try {
      return task.run(doing, "passwords", "--set", false, planFile.file()).passwords();
    } finally {
      site.account()
          .secrets()
          .putBeside(secret, RoleVerifiers.SECRET_STAGE, new RoleVerifiers(List.of()).json());
    }
  }

  private int finished(PasswordReport report, String written) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(text(report));
    } else {
      print(out, report, written);
    }
    out.flush();
    return (report.refused().isEmpty() ? ExitCode.DONE : ExitCode.TARGET_DATABASE).code();
  }

  private void print(PrintWriter out, PasswordReport report, String written) {
    if (report.given().isEmpty() && report.refused().isEmpty()) {
      out.printf(
          "%s with LOGIN on the target; whether one has a password already, only a superuser could tell%n",
          Counted.of(report.roles().size(), "role"));
      report.roles().forEach(role -> out.println("  " + printable(role)));
      return;
    }
    out.printf("new passwords: %s%n", Counted.of(report.given().size(), "role"));
    report
        .refused()
        .forEach(
            role -> out.printf("  %s was refused: %s%n", printable(role.role()), role.reason()));
    if (!written.isEmpty()) {
      out.printf("the passwords are in %s, which nobody else can read%n", written);
    }
  }

  private PrintWriter err() {
    return spec.commandLine().getErr();
  }

  // Names may hold anything, also what would break the terminal.
  private static String printable(String text) {
    return text.replaceAll("\\p{Cntrl}", "?");
  }

  private static String text(PasswordReport report) {
    try {
      return Json.lenient().writerWithDefaultPrettyPrinter().writeValueAsString(report);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
