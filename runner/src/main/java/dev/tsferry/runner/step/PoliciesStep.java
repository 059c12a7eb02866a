package dev.tsferry.runner.step;

import dev.tsferry.plan.Counted;
import dev.tsferry.plan.Hypertable;
import dev.tsferry.plan.TableName;
import dev.tsferry.runner.pipeline.Step;
import dev.tsferry.runner.pipeline.StepContext;
import dev.tsferry.runner.postgres.Session;
import dev.tsferry.runner.state.Ledger;
import java.util.List;
import java.util.Optional;

/**
 * Gives the plan's hypertables their columnstore and retention policies; after the comparison,
 * since a policy may drop old rows at once.
 *
 * <p>Needs: a target of TimescaleDB's full edition. Effect: the policies and the step's row in the
 * ledger, in one transaction. Repeat: nothing, once the row is there.
 *
 * @see <a
 *     href="https://docs.tigerdata.com/api/latest/compression/add_compression_policy/">add_compression_policy</a>
 */
final class PoliciesStep implements Step {
  private static final String ID = "policies";
  private static final String DOING = "making policies on the target";
  private static final String TABLE = "format('%I.%I', ?::text, ?::text)::regclass";

  private final Workspace workspace;

  PoliciesStep(Workspace workspace) {
    this.workspace = workspace;
  }

  @Override
  public String id() {
    return ID;
  }

  @Override
  public String title() {
    return "make columnstore and retention policies";
  }

  @Override
  public Optional<String> skip() {
    if (wanted().isEmpty()) {
      return Optional.of("the plan names none");
    }
    return workspace.ledger().isDone(ID) ? Optional.of("done before") : Optional.empty();
  }

  @Override
  public String run(StepContext context) {
    try (Session target = workspace.target().connect(ID)) {
      target.transaction(
          DOING,
          connection -> {
            Ledger.record(connection, workspace.run(), ID, "");
            for (Hypertable hypertable : wanted()) {
              columnstore(target, hypertable);
              retention(target, hypertable);
            }
          });
    }
    return "policies of " + Counted.of(wanted().size(), "hypertable");
  }

  private List<Hypertable> wanted() {
    return workspace.pipeline().hypertables().stream().filter(Hypertable::wantsPolicies).toList();
  }

  private static void columnstore(Session target, Hypertable hypertable) {
    Hypertable.Columnstore columnstore = hypertable.columnstore();
    if (columnstore == null) {
      return;
    }
    TableName table = hypertable.table();
    String segments =
        target.text(
            DOING,
            "select coalesce(string_agg(quote_ident(c), ', ' order by n), '') from unnest(?::text[]) with ordinality x(c, n)",
            (Object) columnstore.segmentBy().toArray(String[]::new));
    String sql =
        target.text(
            DOING,
            "select format('alter table %I.%I set (timescaledb.compress, timescaledb.compress_segmentby = %L', ?::text, ?::text, ?::text)"
                + " || coalesce(format(', timescaledb.compress_orderby = %L', ?::text), '') || ')'",
            table.schema(),
            table.name(),
            segments,
            columnstore.orderBy());
    target.execute(DOING, sql);
    policy(target, "add_compression_policy", "compress_after", hypertable, columnstore.after());
  }

  private static void retention(Session target, Hypertable hypertable) {
    if (hypertable.retention() != null) {
      policy(target, "add_retention_policy", "drop_after", hypertable, hypertable.retention());
    }
  }

  private static void policy(
      Session target, String function, String argument, Hypertable hypertable, String age) {
    String type = age.matches("-?\\d+") ? "bigint" : "interval";
    target.list(
        "%s: %s of %s".formatted(DOING, function, hypertable.table()),
        "select public.%s(%s, %s => ?::%s)".formatted(function, TABLE, argument, type),
        row -> row.getInt(1),
        hypertable.table().schema(),
        hypertable.table().name(),
        age);
  }
}
