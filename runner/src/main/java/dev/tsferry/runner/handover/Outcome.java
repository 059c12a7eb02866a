package dev.tsferry.runner.handover;

import dev.tsferry.plan.report.MigrationReport.StatementChange;
import java.util.ArrayList;
import java.util.List;

/** Collects what a step could not do as the source has it: for the report and for the script. */
public final class Outcome {
  private static final int SHOWN_LENGTH = 500;

  private final String step;
  private final List<StatementChange> changes = new ArrayList<>();
  private final List<HandoverStatement> handover = new ArrayList<>();

  public Outcome(String step) {
    this.step = step;
  }

  /** The target refused it. */
  public void refused(Refusal refusal) {
    leave(StatementChange.Kind.REFUSED, refusal.statement(), refusal.reason());
  }

  /** It was not tried. */
  public void dropped(TargetStatement statement, String reason) {
    leave(StatementChange.Kind.DROPPED, statement, reason);
  }

  /** It can't be done there at all, by nobody. */
  public void impossible(TargetStatement statement, String reason) {
    changes.add(change(StatementChange.Kind.DROPPED, statement, reason));
  }

  /** Something else was done in its place. */
  public void changed(TargetStatement statement, String reason) {
    changes.add(change(StatementChange.Kind.CHANGED, statement, reason));
  }

  public List<StatementChange> changes() {
    return List.copyOf(changes);
  }

  public List<HandoverStatement> handover() {
    return List.copyOf(handover);
  }

  private void leave(StatementChange.Kind kind, TargetStatement statement, String reason) {
    changes.add(change(kind, statement, reason));
    handover.add(new HandoverStatement(step, statement.forScript(), reason));
  }

  private StatementChange change(
      StatementChange.Kind kind, TargetStatement statement, String reason) {
    String text = statement.forScript();
    String shown = text.length() <= SHOWN_LENGTH ? text : text.substring(0, SHOWN_LENGTH - 1) + "…";
    return new StatementChange(step, kind, shown, reason);
  }
}
