package dev.tsferry.runner.step;

import dev.tsferry.plan.TableName;
import dev.tsferry.plan.report.MigrationReport.TableCount;
import dev.tsferry.runner.pipeline.StepContext;
import dev.tsferry.runner.preflight.Findings;
import dev.tsferry.runner.quiesce.QuietSource;
import dev.tsferry.runner.quiesce.SourceWrite;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Brings together what the comparison found and what is known of writes to the source: a target
 * that lacks what was written since the dump is not the source, except in a rehearsal, where nobody
 * expects it to be.
 */
final class WriteVerdict {
  private final Workspace workspace;
  private final StepContext context;

  WriteVerdict(Workspace workspace, StepContext context) {
    this.workspace = workspace;
    this.context = context;
  }

  /**
   * Ends the step if the target is not what the source is.
   *
   * @param differences in words
   * @throws dev.tsferry.plan.outcome.MigrationException {@code DIFFERENCES_FOUND} if so
   */
  void judge(List<TableCount> tables, List<String> differences) {
    QuietSource.Writes writes = workspace.quiet().writes();
    context.info("writes during the dump: " + writes.proof());
    writes.signs().stream()
        .filter(sign -> !sign.matters())
        .forEach(sign -> context.warn("%s: %s".formatted(sign.table(), sign.text())));
    List<SourceWrite> serious = writes.serious();
    if (serious.isEmpty()) {
      fail(differences, "nothing is known to have written to the source since the dump");
      return;
    }
    List<String> told = new ArrayList<>();
    serious.forEach(sign -> told.add("%s was written to: %s".formatted(sign.table(), sign.text())));
    if (!writes.suspects().isEmpty()) {
      told.add("active on the source since then: " + Findings.some(writes.suspects()));
    }
    if (workspace.rehearsal()) {
      told.forEach(text -> context.warn("rehearsal: " + text));
      rehearsed(tables, differences, serious);
    } else {
      told.addAll(differences);
      fail(told, "the source was written to since the dump");
    }
  }

  // What no write explains is a difference in a rehearsal too.
  private void rehearsed(
      List<TableCount> tables, List<String> differences, List<SourceWrite> serious) {
    Set<String> written = serious.stream().map(SourceWrite::table).collect(Collectors.toSet());
    List<String> unexplained = new ArrayList<>();
    for (TableCount table : tables) {
      TableName name = new TableName(table.schema(), table.table());
      if (!table.matches() && !written.contains(workspace.quiet().quoted(name))) {
        unexplained.add(
            "%s has %d rows on the source and %d on the target"
                .formatted(name, table.sourceRows(), table.targetRows()));
      }
    }
    differences.forEach(text -> context.warn("rehearsal: " + text));
    fail(unexplained, "this is a rehearsal, and no write to the source explains them");
  }

  private static void fail(List<String> differences, String known) {
    if (!differences.isEmpty()) {
      throw VerifyStep.different(differences, known);
    }
  }
}
