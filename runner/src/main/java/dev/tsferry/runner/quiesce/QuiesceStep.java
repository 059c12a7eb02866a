package dev.tsferry.runner.quiesce;

import static java.util.Objects.requireNonNull;

import dev.tsferry.plan.Counted;
import dev.tsferry.plan.Quiesce;
import dev.tsferry.runner.pipeline.Step;
import dev.tsferry.runner.pipeline.StepContext;
import dev.tsferry.runner.postgres.Server;
import dev.tsferry.runner.postgres.Session;
import dev.tsferry.runner.preflight.Findings;
import dev.tsferry.runner.quiesce.SourceSessions.Other;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Says who writes to the source, and where the plan asks for it makes the source read-only and ends
 * sessions. The locks themselves are taken with the snapshot, by {@link QuietSource}.
 *
 * <p>Effect: as the plan says. Repeat: the same, at every attempt; what was changed is undone when
 * an attempt ends, however it does.
 */
public final class QuiesceStep implements Step {
  private static final String ID = "quiesce";

  private final Server source;
  private final Quiesce options;
  private final ReadOnlySource readOnly;

  public QuiesceStep(Server source, Quiesce options, ReadOnlySource readOnly) {
    this.source = requireNonNull(source, "source is null");
    this.options = requireNonNull(options, "options is null");
    this.readOnly = requireNonNull(readOnly, "readOnly is null");
  }

  @Override
  public String id() {
    return ID;
  }

  @Override
  public String title() {
    return "keep the source from being written to";
  }

  @Override
  public Optional<String> skip() {
    boolean nothing =
        options.mode() == Quiesce.Mode.NONE && !options.readOnly() && !options.endWriters();
    return nothing ? Optional.of("the plan asks for nothing") : Optional.empty();
  }

  @Override
  public String run(StepContext context) throws IOException {
    try (Session session = source.visit(ID)) {
      SourceSessions sessions = new SourceSessions(session);
      List<Other> writing = sessions.writing();
      if (!writing.isEmpty()) {
        context.warn(
            "writing to the source now: "
                + Findings.some(writing.stream().map(Other::who).toList()));
      }
      String done = options.readOnly() ? makeReadOnly(context, session) : "nothing changed";
      if (options.endWriters()) {
        // A session that began before keeps its own default, so a pool would go on writing.
        List<Other> toEnd = options.readOnly() ? sessions.all() : writing;
        context.info("ending %s with the source".formatted(Counted.of(toEnd.size(), "session")));
        sessions.end(toEnd, context::info);
        done += ", %s ended".formatted(Counted.of(toEnd.size(), "session"));
      }
      return "%s seen writing; %s".formatted(Counted.of(writing.size(), "session"), done);
    }
  }

  private String makeReadOnly(StepContext context, Session session) throws IOException {
    context.info("executing on the source: " + ReadOnlySource.statement(session));
    return readOnly.set().isPresent()
        ? "the source is read-only for new sessions"
        : "the source was read-only already";
  }
}
