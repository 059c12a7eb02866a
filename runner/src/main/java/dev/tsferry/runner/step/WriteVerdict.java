package dev.tsferry.runner.step;

import dev.tsferry.plan.Counted;
import dev.tsferry.plan.TableName;
import dev.tsferry.plan.report.MigrationReport.TableCount;
import dev.tsferry.runner.pipeline.StepContext;
import dev.tsferry.runner.preflight.Findings;
import dev.tsferry.runner.quiesce.RowDigest;
import dev.tsferry.runner.quiesce.SourceWrite;
import dev.tsferry.runner.quiesce.SourceWrites;
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
    SourceWrites.Found found = workspace.writes().find();
    context.info("writes to the source: " + found.proof());
    found.signs().stream()
        .filter(sign -> !sign.matters())
        .forEach(sign -> context.warn("%s: %s".formatted(sign.tableInWords(), sign.text())));
    List<SourceWrite> serious = found.serious().stream().filter(this::losesRows).toList();
    // What else changed is harmless if both sides are equal all the same.
    List<String> changed = differences.isEmpty() ? List.of() : found.changed();
    if (differences.isEmpty() && !found.changed().isEmpty()) {
      context.warn(
          "changed on the source since the dump, and the same on both sides now, but for owners and privileges, which are the dump's: "
              + Findings.some(found.changed()));
    }
    if (serious.isEmpty() && changed.isEmpty()) {
      fail(differences, "nothing is known to have written to the source since the dump");
      return;
    }
    List<String> told = new ArrayList<>();
    serious.forEach(
        sign -> told.add("%s was written to: %s".formatted(sign.tableInWords(), sign.text())));
    if (!changed.isEmpty()) {
      told.add("changed on the source since the dump: " + Findings.some(changed));
    }
    if (!found.suspects().isEmpty()) {
      told.add("active on the source since then: " + Findings.some(found.suspects()));
    }
    if (workspace.rehearsal()) {
      told.forEach(text -> context.warn("rehearsal: " + text));
      rehearsed(tables, differences, serious);
    } else {
      told.addAll(differences);
      fail(told, "the source was written to since the dump");
    }
  }

  // VACUUM FULL and CLUSTER give a table another file with the same rows.
  private boolean losesRows(SourceWrite sign) {
    if (sign.kind() != SourceWrite.Kind.REWRITTEN
        || !RowDigest.isEqual(workspace.source(), workspace.target(), sign.table())) {
      return true;
    }
    context.warn(
        "%s: rewritten since the dump (VACUUM FULL, CLUSTER or the like) and holds the same rows"
            .formatted(sign.tableInWords()));
    return false;
  }

  // What no write explains is a difference in a rehearsal too.
  private void rehearsed(
      List<TableCount> tables, List<String> differences, List<SourceWrite> serious) {
    Set<String> written = serious.stream().map(SourceWrite::hypertable).collect(Collectors.toSet());
    List<String> unexplained = new ArrayList<>();
    for (TableCount table : tables) {
      TableName name = new TableName(table.schema(), table.table());
      if (!table.matches() && !written.contains(workspace.writes().quoted(name))) {
        unexplained.add(
            "%s has %s on the source and %d on the target"
                .formatted(name, Counted.of(table.sourceRows(), "row"), table.targetRows()));
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
