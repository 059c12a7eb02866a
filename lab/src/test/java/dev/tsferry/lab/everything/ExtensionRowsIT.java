package dev.tsferry.lab.everything;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tsferry.lab.database.RequiresContainerEngine;
import dev.tsferry.lab.pipeline.Crossing;
import dev.tsferry.plan.outcome.ExitCode;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows of an extension's own tables, which on the target are the platform's. */
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

  @TempDir private Path directory;

  @Test
  void run_tablesOfAnExtensionThatThePlatformMade_areLeftOutAndNamed() throws Exception {
    try (Crossing crossing = Crossing.started(directory)) {
      crossing.source().asSuperuser(TABLES + CONFIGURED);
      crossing
          .source()
          .asSuperuser(
              "create table public.mine (id int); insert into public.mine values (1); grant all on all tables in schema public to public");
      crossing.target().asSuperuser(TABLES);

      assertThat(crossing.carry()).as(crossing::log).isEqualTo(ExitCode.DONE);

      assertThat(crossing.report().changes())
          .filteredOn(change -> change.step().equals("data"))
          .singleElement()
          .satisfies(
              change -> {
                assertThat(change.statement()).isEqualTo("COPY public.made: 3 rows");
                assertThat(change.reason()).contains("belongs to an extension");
              });
      assertThat(crossing.notices()).anyMatch(text -> text.startsWith("not loaded: COPY public"));
      assertThat(crossing.target().asSuperuser("select count(*) from public.mine")).isEqualTo("1");
    }
  }
}
