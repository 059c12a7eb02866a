package dev.tsferry.runner;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.tsferry.plan.Json;
import dev.tsferry.plan.MigrationPlan;
import dev.tsferry.plan.PlanFile;
import dev.tsferry.plan.outcome.ExitCode;
import dev.tsferry.plan.report.CatalogueReport;
import dev.tsferry.plan.report.MigrationReport.Difference;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Compares the schemas of a plan's two databases, writing nothing. */
@Command(
    name = "compare",
    description =
        "Compares both databases' schemas object by object; exit code 9 if something is wrong.",
    mixinStandardHelpOptions = true)
final class CompareCommand implements Callable<Integer> {
  @Option(names = "--plan", required = true, description = "The migration's plan.")
  private Path plan;

  @Option(names = "--runtime", required = true, description = "Where private files are written.")
  private Path runtime;

  @Option(names = "--json", description = "Print one JSON document.")
  private boolean json;

  @Spec private CommandSpec spec;

  private CompareCommand() {}

  @Override
  public Integer call() throws JsonProcessingException {
    MigrationPlan migration = PlanFile.read(plan);
    CatalogueReport report =
        CatalogueCheck.compare(
            migration.source().address(),
            migration.target(),
            SecretPasswords.ofEnvironment(),
            runtime);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(Json.lenient().writeValueAsString(report));
    } else {
      report.differences().forEach(difference -> out.println(line(difference)));
    }
    out.flush();
    return (report.differs() ? ExitCode.DIFFERENCES_FOUND : ExitCode.DONE).code();
  }

  private static String line(Difference difference) {
    return "%s %s %s: %s"
        .formatted(
            difference.verdict(), difference.kind(), difference.object(), difference.detail())
        .replaceAll("\\s+", " ");
  }
}
