package dev.tsferry.cli.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.tsferry.cli.render.DifferenceTable;
import dev.tsferry.cli.render.ReportTable;
import dev.tsferry.plan.Json;
import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.plan.outcome.ExitCode;
import dev.tsferry.plan.outcome.MigrationException;
import dev.tsferry.plan.report.MigrationReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code tsferry report}: a run's report again, long after the host is gone, and each statement
 * that the target did not get as the source had it.
 */
@Command(
    name = "report",
    sortOptions = false,
    description = "Show the report that a run has written; exit code 9 if the two sides differed.")
public final class ReportCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "FILE",
      description =
          "The report, such as orders-report.json; \"tsferry run\" says where it wrote it.")
  private Path file;

  @Option(
      names = "--changes",
      description = "List every statement that was dropped, changed or refused, with the reason.")
  private boolean changes;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    MigrationReport report = read();
    PrintWriter out = spec.commandLine().getOut();
    if (changes) {
      ReportTable.printChanges(out, report);
    } else {
      ReportTable.print(out, report);
    }
    boolean differs =
        report.tables().stream().anyMatch(table -> !table.matches())
            || DifferenceTable.differs(report.differences());
    return (differs ? ExitCode.DIFFERENCES_FOUND : ExitCode.DONE).code();
  }

  private MigrationReport read() {
    if (!Files.isRegularFile(file)) {
      throw new MigrationException(
          ErrorCode.BAD_ARGUMENT, "reading the report: there is no file " + file);
    }
    try {
      return Json.lenient().readValue(Files.readString(file), MigrationReport.class);
    } catch (JsonProcessingException e) {
      throw new MigrationException(
          ErrorCode.BAD_ARGUMENT,
          "reading the report %s: it is not one: %s".formatted(file, e.getOriginalMessage()),
          e);
    } catch (IOException e) {
      throw new MigrationException(
          ErrorCode.BAD_ARGUMENT, "reading the report %s: %s".formatted(file, e.getMessage()), e);
    }
  }
}
