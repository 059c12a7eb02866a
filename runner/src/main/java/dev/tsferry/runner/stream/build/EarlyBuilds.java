package dev.tsferry.runner.stream.build;

import dev.tsferry.plan.TableName;
import dev.tsferry.runner.dump.TableStatement;
import dev.tsferry.runner.dump.TableStatement.Making;
import dev.tsferry.runner.postgres.Session;
import dev.tsferry.runner.state.Ledger;
import dev.tsferry.runner.stream.table.StreamTable;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Which indexes and keys may be built while other tables still load. One that calls a function or
 * an operator of the user's may not: nothing keeps these from reading tables whose rows are not
 * there yet.
 */
public final class EarlyBuilds {
  private static final String CALLING =
      """
      select distinct n.nspname, i.relname
        from pg_catalog.pg_depend d join pg_catalog.pg_class i on i.oid = d.objid and i.relkind in ('i', 'I')
        join pg_catalog.pg_namespace n on n.oid = i.relnamespace
       where d.classid = 'pg_catalog.pg_class'::regclass
         and d.refclassid in ('pg_catalog.pg_proc'::regclass, 'pg_catalog.pg_operator'::regclass)
      """;

  private final List<TableStatement> statements;
  private final Set<TableName> calling;

  /**
   * @param statements those of the schema's post-data
   * @param source looks which of them call functions
   */
  public EarlyBuilds(List<TableStatement> statements, Session source) {
    this.statements = List.copyOf(statements);
    this.calling =
        Set.copyOf(
            source.list(
                "looking which indexes call functions",
                CALLING,
                row -> new TableName(row.getString(1), row.getString(2))));
  }

  /** Those of {@code tables} that are not there yet. */
  public Builds of(Collection<StreamTable> tables, Ledger ledger) {
    Map<TableName, StreamTable> byName =
        tables.stream()
            // A partitioned table's own index is made of its partitions'.
            .filter(table -> !table.root() || table.hypertable().isPresent())
            .collect(Collectors.toMap(StreamTable::name, Function.identity()));
    Set<String> made = ledger.begunBy(TableStatement.ROW);
    return new Builds(
        statements.stream()
            .filter(statement -> statement.making() != Making.FOREIGN_KEY)
            .filter(statement -> byName.containsKey(statement.table()))
            .filter(s -> !calling.contains(new TableName(s.table().schema(), s.name())))
            .filter(statement -> !made.contains(statement.row()))
            .toList(),
        table -> byName.get(table).bytes());
  }
}
