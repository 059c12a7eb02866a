package dev.tsferry.runner.step;

import dev.tsferry.plan.Counted;
import dev.tsferry.plan.Hypertable;
import dev.tsferry.plan.TableName;
import dev.tsferry.runner.pipeline.Step;
import dev.tsferry.runner.pipeline.StepContext;
import dev.tsferry.runner.postgres.Session;
import dev.tsferry.runner.privilege.HypertableOwners;
import dev.tsferry.runner.privilege.PrivilegeSnapshot;
import dev.tsferry.runner.privilege.RoleMapping;
import dev.tsferry.runner.state.Ledger;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * Makes the plan's tables hypertables while they are empty, and gives them to their owners.
 *
 * <p>Effect: the hypertables and the step's row in the ledger, in one transaction. Repeat: nothing,
 * once the row is there.
 *
 * @see <a
 *     href="https://docs.tigerdata.com/api/latest/hypertable/create_hypertable/">create_hypertable</a>
 */
final class HypertablesStep implements Step {
  private static final String ID = "hypertables";
  private static final String DOING = "making hypertables on the target";
  private static final String TABLE = "format('%I.%I', ?, ?)::regclass";

  private final Workspace workspace;

  HypertablesStep(Workspace workspace) {
    this.workspace = workspace;
  }

  @Override
  public String id() {
    return ID;
  }

  @Override
  public String title() {
    return "make hypertables";
  }

  @Override
  public Optional<String> skip() {
    if (workspace.pipeline().hypertables().isEmpty()) {
      return Optional.of("the plan names none");
    }
    return workspace.ledger().isDone(ID) ? Optional.of("done before") : Optional.empty();
  }

  @Override
  public String run(StepContext context) throws IOException {
    List<Hypertable> hypertables = workspace.pipeline().hypertables();
    PrivilegeSnapshot source = SettingsStep.source(workspace).privileges();
    try (Session target = workspace.target().connect(ID)) {
      RoleMapping roles = SettingsStep.roles(workspace, target, source);
      // Quoted by the server: the extension's schema is not always public.
      String schema =
          target.text(
              DOING,
              "select quote_ident(n.nspname) from pg_catalog.pg_extension e"
                  + " join pg_catalog.pg_namespace n on n.oid = e.extnamespace"
                  + " where e.extname = 'timescaledb'");
      target.transaction(
          DOING,
          connection -> {
            Ledger.record(connection, workspace.run(), ID, "");
            for (Hypertable hypertable : hypertables) {
              context.checkCancelled();
              create(target, connection, schema, hypertable);
            }
            new HypertableOwners(target, roles, context::checkCancelled)
                .carry(connection, source, tables(hypertables));
          });
    }
    return Counted.of(hypertables.size(), "hypertable");
  }

  private static List<TableName> tables(List<Hypertable> hypertables) {
    return hypertables.stream().map(Hypertable::table).toList();
  }

  private static void create(
      Session target, Connection connection, String schema, Hypertable hypertable)
      throws SQLException {
    main(target, connection, schema, hypertable);
    for (Hypertable.Dimension dimension : hypertable.dimensions()) {
      further(target, connection, schema, hypertable.table(), dimension);
    }
    if (hypertable.now().isPresent()) {
      try (PreparedStatement statement =
          connection.prepareStatement(
              "select %s.set_integer_now_func(%s, format('%%I.%%I', ?, ?)::regproc)"
                  .formatted(schema, TABLE))) {
        statement.setString(1, hypertable.table().schema());
        statement.setString(2, hypertable.table().name());
        statement.setString(3, hypertable.now().get().schema());
        statement.setString(4, hypertable.now().get().name());
        statement.execute();
      }
    }
  }

  // The default index would take the name that the source's own index often has.
  private static void main(
      Session target, Connection connection, String schema, Hypertable hypertable)
      throws SQLException {
    Optional<String> interval = hypertable.interval();
    String intervalArgument =
        interval.isEmpty()
            ? ""
            : ", chunk_time_interval => ?::"
                + intervalType(target, hypertable.table(), hypertable.timeColumn());
    String sql =
        "select %s.create_hypertable(%s, ?::name%s, create_default_indexes => false)"
            .formatted(schema, TABLE, intervalArgument);
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, hypertable.table().schema());
      statement.setString(2, hypertable.table().name());
      statement.setString(3, hypertable.timeColumn());
      if (interval.isPresent()) {
        statement.setString(4, interval.get());
      }
      statement.execute();
    }
  }

  private static void further(
      Session target,
      Connection connection,
      String schema,
      TableName table,
      Hypertable.Dimension dimension)
      throws SQLException {
    String size =
        dimension.partitions() != null
            ? "number_partitions => ?::int"
            : "chunk_time_interval => ?::" + intervalType(target, table, dimension.column());
    String sql = "select %s.add_dimension(%s, ?::name, %s)".formatted(schema, TABLE, size);
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, table.schema());
      statement.setString(2, table.name());
      statement.setString(3, dimension.column());
      statement.setString(
          4,
          dimension.partitions() != null
              ? dimension.partitions().toString()
              : dimension.interval());
      statement.execute();
    }
  }

  private static String intervalType(Session target, TableName table, String column) {
    return isInteger(target, table, column) ? "bigint" : "interval";
  }

  private static boolean isInteger(Session target, TableName table, String column) {
    return target.isTrue(
        DOING,
        """
        select atttypid in ('int2'::regtype, 'int4'::regtype, 'int8'::regtype)
          from pg_catalog.pg_attribute
         where attrelid = format('%I.%I', ?::text, ?::text)::regclass and attname = ?
        """,
        table.schema(),
        table.name(),
        column);
  }
}
