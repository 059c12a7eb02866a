package dev.tsferry.cli.command;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.tsferry.cli.doctor.Diagnosis;
import dev.tsferry.cli.doctor.Diagnosis.Verdict;
import dev.tsferry.cli.doctor.Doctor;
import dev.tsferry.cli.options.PlanFileOptions;
import dev.tsferry.plan.Json;
import dev.tsferry.plan.outcome.ExitCode;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tsferry doctor}: looks whether this machine and these credentials are fit. */
@Command(
    name = "doctor",
    sortOptions = false,
    description = {
      "Look whether this machine and these credentials can carry a migration; change nothing.",
      "Exit code 0 without an error, else that of the first."
    })
public final class DoctorCommand implements Callable<Integer> {
  @Mixin private PlanFileOptions planFile;

  @Option(
      names = "--region",
      paramLabel = "REGION",
      description = "AWS region (default: the plan's, else the environment's).")
  private String region;

  @Option(names = "--json", description = "Print one JSON document instead of text.")
  private boolean json;

  @Spec private CommandSpec spec;

  private final CommandContext context;

  public DoctorCommand(CommandContext context) {
    this.context = requireNonNull(context, "context is null");
  }

  /** What {@code --json} prints. */
  record Document(int version, List<Diagnosis> checks) {}

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    Doctor doctor =
        new Doctor(
            context.accounts(),
            context.cdk(),
            context.runnerJar(),
            diagnosis -> {
              if (!json) {
                print(out, diagnosis);
              }
            });
    List<Diagnosis> all = doctor.examine(planFile.file(), Optional.ofNullable(region));
    if (json) {
      out.println(text(new Document(1, all)));
    }
    out.flush();
    return all.stream()
        .filter(diagnosis -> diagnosis.verdict() == Verdict.ERROR)
        .findFirst()
        .map(diagnosis -> diagnosis.code().exitCode())
        .orElse(ExitCode.DONE)
        .code();
  }

  private static void print(PrintWriter out, Diagnosis diagnosis) {
    out.printf("%-8s %-15s %s%n", diagnosis.verdict().word(), diagnosis.check(), diagnosis.text());
    diagnosis.hints().forEach(hint -> out.printf("%24s hint: %s%n", "", hint));
    out.flush();
  }

  private static String text(Document document) {
    try {
      return Json.lenient().writerWithDefaultPrettyPrinter().writeValueAsString(document);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
