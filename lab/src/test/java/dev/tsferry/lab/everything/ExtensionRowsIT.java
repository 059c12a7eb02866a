package dev.tsferry.lab.everything;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.tsferry.lab.database.RequiresContainerEngine;
import dev.tsferry.lab.pipeline.Crossing;
import dev.tsferry.plan.outcome.ExitCode;
import dev.tsferry.plan.report.MigrationReport.Difference;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Extensions that the target's user may not create, and their rows, which are the platform's. */
@RequiresContainerEngine
class ExtensionRowsIT {
  // What PostGIS does with spatial_ref_sys, with an extension that is at hand.
  private static final String TABLES =
      """
      create extension citext;
      create table public.made (id int);
      create table public."none; added" (id int);
      alter extension citext add table public.made;
      alter extension citext add table public."none; added";
      """;
  private static final String CONFIGURED =
      """
      set allow_system_table_mods = on;
      update pg_extension set extconfig = array['public.made'::regclass, 'public."none; added"'::regclass]::oid[],
             extcondition = array['', '']
       where extname = 'citext';
      insert into public.made values (1), (2), (3);
      """;

  private static final String OUT_OF_REACH =
      """
      create extension cube;
      create extension earthdistance;
      create table public.places (id int primary key, at earth);
      insert into public.places values (1, ll_to_earth(52, 13));
      create view public.nearby as select id from public.places;
      grant all on public.places, public.nearby to public;
      """;

  private static final String SCHEMA =
      "create schema theirs; create extension hstore schema theirs;";

  @TempDir private Path directory;

  @Test
  void run_tablesOfAnExtensionThatThePlatformMade_areLeftOutAndNamed() throws Exception {
    try (Crossing crossing = Crossing.started(directory)) {
      crossing.source().asSuperuser(TABLES + CONFIGURED);
      crossing
          .source()
          .asSuperuser(
              "create table public.mine (id int); insert into public.mine values (1); grant all on all tables in schema public to public");
      crossing
          .source()
          .asSuperuser(OUT_OF_REACH + SCHEMA + "grant usage on schema theirs to public");
      crossing.target().asSuperuser(TABLES + SCHEMA);

      assertThat(crossing.carry()).as(crossing::log).isEqualTo(ExitCode.TARGET_DATABASE);
      assertThat(crossing.failure().message())
          .contains("only a superuser or the platform can create extension earthdistance");
      assertThat(crossing.target().asSuperuser("select to_regnamespace('tsferry') is null"))
          .isEqualTo("t");
      carryTheRest(crossing.with(crossing.request().pipeline().skipping(List.of("earthdistance"))));
    }
  }

  private static void carryTheRest(Crossing crossing) throws Exception {
    assertThat(crossing.carry()).as(crossing::log).isEqualTo(ExitCode.DONE);

    assertThat(crossing.report().changes())
        .filteredOn(change -> change.step().equals("data"))
        .singleElement()
        .satisfies(
            change -> {
              assertThat(change.statement()).isEqualTo("COPY public.made: 3 rows");
              assertThat(change.reason()).contains("belongs to an extension");
            });
    assertThat(crossing.report().changes())
        .filteredOn(change -> change.statement().startsWith("CREATE SCHEMA"))
        .singleElement()
        .satisfies(
            change ->
                assertThat(change.reason())
                    .isEqualTo("the target has the schema already, with an extension in it"));
    assertThat(crossing.notices())
        .anyMatch(text -> text.startsWith("not loaded: COPY public"))
        .anyMatch(text -> text.contains("rows that were added to this table of extension citext"));
    assertThat(crossing.report().differences())
        .filteredOn(difference -> difference.verdict() == Difference.Verdict.HANDED_OVER)
        .extracting(Difference::kind, Difference::object)
        .contains(
            tuple("extension", "earthdistance"),
            tuple("table", "public.places"),
            tuple("view", "public.nearby"));
    assertThat(crossing.target().asSuperuser("select count(*) from public.mine")).isEqualTo("1");
  }
}
