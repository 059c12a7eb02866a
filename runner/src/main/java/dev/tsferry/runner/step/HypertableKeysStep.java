package dev.tsferry.runner.step;

import dev.tsferry.runner.dump.DumpDirectory;
import dev.tsferry.runner.pipeline.Step;
import dev.tsferry.runner.pipeline.StepContext;
import dev.tsferry.runner.postgres.Session;
import dev.tsferry.runner.state.Ledger;
import dev.tsferry.runner.timescaledb.Guide;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Makes the foreign keys that point to hypertables of a TimescaleDB source, which restore mode
 * would refuse: a transaction of its own after post-data's, with a row of its own in the ledger.
 *
 * <p>Effect: the keys and the step's row, in one transaction. Repeat: nothing, once the row is
 * there.
 */
final class HypertableKeysStep implements Step {
  private static final String ID = "hypertable-keys";

  private final Workspace workspace;

  HypertableKeysStep(Workspace workspace) {
    this.workspace = workspace;
  }

  @Override
  public String id() {
    return ID;
  }

  @Override
  public String title() {
    return "create foreign keys to hypertables";
  }

  @Override
  public Optional<String> skip() {
    if (workspace.guide() != Guide.TIMESCALEDB) {
      return Optional.of("the source is no TimescaleDB database");
    }
    return workspace.ledger().isDone(ID) ? Optional.of("done before") : Optional.empty();
  }

  @Override
  public String run(StepContext context) throws IOException, InterruptedException {
    if (SchemaStep.manifest(workspace).files().get(DumpDirectory.HYPERTABLE_KEYS) == null) {
      try (Session target = workspace.target().connect(ID)) {
        target.transaction(
            "recording the step", connection -> Ledger.record(connection, workspace.run(), ID, ""));
      }
      return "there are none";
    }
    AtomicInteger keys = new AtomicInteger();
    new PsqlLoad(workspace)
        .load(
            ID,
            workspace.dump().file(DumpDirectory.HYPERTABLE_KEYS),
            "",
            line -> {
              if (line.equals("ALTER TABLE")) {
                keys.incrementAndGet();
              }
            });
    return "%d foreign keys".formatted(keys.get());
  }
}
