package dev.tsferry.cli.command;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.tsferry.cli.local.LocalComparison;
import dev.tsferry.cli.options.PlanFileOptions;
import dev.tsferry.cli.render.DifferenceTable;
import dev.tsferry.plan.Json;
import dev.tsferry.plan.outcome.ExitCode;
import dev.tsferry.plan.report.CatalogueReport;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tsferry compare}: the two schemas object by object, whoever carried them. */
@Command(
    name = "compare",
    sortOptions = false,
    description = {
      "Compare the two databases' schemas object by object and, with --rows, all rows, sequences and",
      "large objects, from the host or, with --local, from here; write nothing. Exit code 9 if",
      "something is wrong."
    },
    footer = {
      "",
      "Without AWS:",
      "  export SOURCE='postgres://user:password@host:5432/database'",
      "  export TARGET='postgres://tsdbadmin:password@host:31000/tsdb?sslmode=require'",
      "  tsferry compare --local",
      "",
      "With --rows each side is read once, as it is now; a row that differs is named by its key.",
      "A hypertable is compared as one table, wherever its chunks are cut, compressed or not.",
      "Owners and privileges are not compared."
    })
public final class CompareCommand implements Callable<Integer> {
  private static final Duration LONG = Duration.ofHours(12);

  @Mixin private PlanFileOptions planFile;

  @Option(
      names = "--local",
      description =
          "Compare from this machine, $SOURCE with $TARGET (postgres:// URIs or keyword=value strings).")
  private boolean local;

  @Option(
      names = "--skip-extension",
      paramLabel = "NAME",
      description =
          "With --local: an extension that the run left out; repeat it for more. A plan has its own.")
  private List<String> skipExtensions = List.of();

  @Option(names = "--rows", description = "Compare all rows, sequences and large objects, too.")
  private boolean rows;

  @Option(names = "--json", description = "Print one JSON document.")
  private boolean json;

  @Spec private CommandSpec spec;

  private final CommandContext context;

  public CompareCommand(CommandContext context) {
    this.context = requireNonNull(context, "context is null");
  }

  @Override
  public Integer call() {
    CatalogueReport report =
        local
            ? LocalComparison.compare(
                context.environment(),
                skipExtensions,
                rows,
                line -> Lines.print(spec.commandLine().getErr(), line))
            : there();
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(text(report));
    } else {
      out.println(
          "%d objects of %s on PostgreSQL %s, %s on PostgreSQL %s"
              .formatted(
                  report.objects(),
                  report.source().database(),
                  report.source().serverVersion(),
                  report.target().database(),
                  report.target().serverVersion()));
      if (report.rows() != null) {
        out.println(
            "%,d rows of %d tables compared"
                .formatted(report.rows().rows(), report.rows().tables()));
      }
      DifferenceTable.printAll(out, report.differences());
    }
    out.flush();
    return (report.differs() ? ExitCode.DIFFERENCES_FOUND : ExitCode.DONE).code();
  }

  private CatalogueReport there() {
    PrintWriter err = spec.commandLine().getErr();
    RemoteSite site = RemoteSite.open(context, planFile.read(), err);
    return new RemoteTask(context, site, err, planFile.repeated())
        .within(rows ? LONG : RemoteTask.PATIENCE)
        .run("comparing both databases", "compare", rows ? "--rows" : "", true, planFile.file())
        .comparison();
  }

  private static String text(CatalogueReport report) {
    try {
      return Json.lenient().writerWithDefaultPrettyPrinter().writeValueAsString(report);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
