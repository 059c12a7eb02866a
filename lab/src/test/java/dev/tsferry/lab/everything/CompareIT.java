package dev.tsferry.lab.everything;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tsferry.lab.database.RequiresContainerEngine;
import dev.tsferry.lab.pipeline.Crossing;
import dev.tsferry.plan.outcome.ExitCode;
import dev.tsferry.plan.report.CatalogueReport;
import dev.tsferry.plan.report.MigrationReport.Difference;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A comparison is worth what it finds: each tampering with a good copy must be named. */
@RequiresContainerEngine
class CompareIT {
  private record Tampering(String statement, String found) {}

  private static final List<Tampering> TAMPERINGS =
      List.of(
          new Tampering(
              "drop index everything.searched_brin", "index everything.searched_brin: missing"),
          new Tampering(
              "alter index everything.searched_hash set (fillfactor = 50)",
              "index everything.searched_hash: definition"),
          new Tampering(
              "alter table everything.searched set without cluster",
              "index everything.searched_at: clustered"),
          new Tampering(
              "alter table everything.triggered disable trigger origin",
              "trigger origin on everything.triggered: enabled"),
          new Tampering(
              "alter table everything.triggered enable trigger replica",
              "trigger replica on everything.triggered: enabled"),
          new Tampering(
              "drop trigger transitions on everything.triggered",
              "trigger transitions on everything.triggered: missing"),
          new Tampering(
              "alter table everything.columns_of_all_sorts alter txt set default 'other'",
              "column everything.columns_of_all_sorts.txt: default"),
          new Tampering(
              "alter table everything.columns_of_all_sorts alter txt drop not null",
              "column everything.columns_of_all_sorts.txt: not null"),
          new Tampering(
              "alter table everything.columns_of_all_sorts alter txt set storage main",
              "column everything.columns_of_all_sorts.txt: storage"),
          new Tampering(
              "alter table everything.columns_of_all_sorts alter packed set compression default",
              "column everything.columns_of_all_sorts.packed: compression"),
          new Tampering(
              "alter table everything.columns_of_all_sorts alter measured set statistics 5",
              "column everything.columns_of_all_sorts.measured: statistics target"),
          new Tampering(
              "alter table everything.columns_of_all_sorts alter measured set (n_distinct = 3)",
              "column everything.columns_of_all_sorts.measured: options"),
          new Tampering(
              "alter table everything.full_match alter b type varchar(9)",
              "column everything.full_match.b: type"),
          new Tampering(
              "alter table everything.columns_of_all_sorts set (fillfactor = 90)",
              "table everything.columns_of_all_sorts: options"),
          new Tampering(
              "alter table everything.columns_of_all_sorts alter doubled drop expression",
              "column everything.columns_of_all_sorts.doubled: generated"),
          new Tampering(
              "alter table everything.ruled add x integer",
              "column everything.ruled.x: on the target only"),
          new Tampering(
              "alter table everything.unlogged set logged",
              "table everything.unlogged: persistence"),
          new Tampering(
              "alter table everything.child drop constraint never_empty",
              "constraint never_empty on everything.child: missing"),
          new Tampering(
              "delete from everything.parent where id <= 10; alter table everything.parent validate constraint old_rows_break_it",
              "constraint old_rows_break_it on everything.parent: validated"),
          new Tampering(
              "alter table everything.two_keys detach partition everything.two_keys_1",
              "table everything.two_keys_1: parents"),
          new Tampering(
              "alter table everything.guarded disable row level security",
              "table everything.guarded: row security"),
          new Tampering(
              "alter policy strict on everything.guarded to everything_reader",
              "policy strict on everything.guarded: roles"),
          new Tampering(
              "drop policy ins on everything.guarded", "policy ins on everything.guarded: missing"),
          new Tampering(
              "alter table everything.replica_full replica identity default",
              "table everything.replica_full: replica identity"),
          new Tampering(
              "drop rule sleeping on everything.ruled",
              "rule sleeping on everything.ruled: missing"),
          new Tampering(
              "create or replace view everything.one as select id, name from everything.searched where id < 101",
              "view everything.one: definition"),
          new Tampering(
              "alter view everything.barrier reset (security_barrier)",
              "view everything.barrier: options"),
          new Tampering(
              "refresh materialized view everything.mat_unpopulated",
              "materialized view everything.mat_unpopulated: populated"),
          new Tampering(
              "alter sequence everything.down cache 4", "sequence everything.down: cache"),
          new Tampering(
              "select nextval('everything.not_called')", "sequence everything.not_called: called"),
          new Tampering(
              "alter sequence everything.of_a_column owned by none",
              "sequence everything.of_a_column: owned by"),
          new Tampering(
              "create or replace function everything.standard_body(a integer, b integer default 8) returns integer language sql immutable strict parallel safe return a + b",
              "function everything.standard_body(integer,integer): definition"),
          new Tampering(
              "alter function everything.settings(text) reset work_mem",
              "function everything.settings(pg_catalog.text): definition"),
          new Tampering(
              "drop aggregate everything.count_rows(*)",
              "aggregate everything.count_rows(): missing"),
          new Tampering(
              "alter operator everything.<<< (everything.pair, everything.pair) set (restrict = none)",
              "operator everything.<<<(everything.pair,everything.pair): restrict"),
          new Tampering(
              "drop cast (everything.mood as text)", "cast everything.mood as text: missing"),
          new Tampering(
              "alter type everything.mood add value 'new'", "enum everything.mood: labels"),
          new Tampering(
              "alter domain everything.even drop constraint is_even",
              "constraint is_even on domain everything.even: missing"),
          new Tampering(
              "alter domain everything.positive set default 2",
              "domain everything.positive: default"),
          new Tampering(
              "alter text search configuration everything.german_search drop mapping for asciiword",
              "text search configuration everything.german_search: mappings"),
          new Tampering(
              "drop conversion everything.latin_one", "conversion everything.latin_one: missing"),
          new Tampering(
              "alter statistics everything.searched_stats set statistics 5",
              "statistics everything.searched_stats: target"),
          new Tampering(
              "drop statistics everything.searched_mcv",
              "statistics everything.searched_mcv: missing"),
          new Tampering(
              "comment on column everything.searched.id is null",
              "comment table column everything.searched.id: missing"),
          new Tampering(
              "comment on schema everything is 'else'", "comment schema everything: text"),
          new Tampering("drop schema nothing_in_it", "schema nothing_in_it: missing"),
          new Tampering("drop extension citext cascade", "extension citext: missing"),
          new Tampering("select lo_unlink(900010)", "large objects all: number"));

  @TempDir private Path directory;

  @Test
  void compare_afterEachTampering_namesIt() throws Exception {
    try (Crossing crossing = Crossing.started(directory);
        Connection source = crossing.source().connect();
        Connection target = crossing.target().connect()) {
      EverythingDatabase.create(source);
      assertThat(crossing.carry())
          .as(() -> crossing.failures().toString())
          .isEqualTo(ExitCode.DONE);
      assertThat(wrong(crossing.compare())).isEmpty();
      for (Tampering tampering : TAMPERINGS) {
        try (Statement statement = target.createStatement()) {
          statement.execute(tampering.statement());
        }
      }
      crossing
          .target()
          .asSuperuser(
              "update pg_index set indisvalid = false where indexrelid = 'everything.searched_gin'::regclass");

      List<String> wrong = wrong(crossing.compare());

      for (Tampering tampering : TAMPERINGS) {
        assertThat(wrong)
            .as(tampering.statement())
            .anyMatch(text -> text.startsWith(tampering.found()));
      }
      assertThat(wrong).anyMatch(text -> text.startsWith("index everything.searched_gin: valid"));
    }
  }

  private static List<String> wrong(CatalogueReport report) {
    return report.differences().stream()
        .filter(difference -> difference.verdict() == Difference.Verdict.WRONG)
        .map(
            difference ->
                "%s %s: %s".formatted(difference.kind(), difference.object(), difference.detail()))
        .toList();
  }
}
