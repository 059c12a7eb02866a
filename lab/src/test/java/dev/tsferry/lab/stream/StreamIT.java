package dev.tsferry.lab.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tsferry.lab.database.DatabaseImages;
import dev.tsferry.lab.database.RdsLikeSource;
import dev.tsferry.lab.database.RequiresContainerEngine;
import dev.tsferry.lab.database.TimescaleLikeTarget;
import dev.tsferry.lab.pipeline.Crossing;
import dev.tsferry.lab.pipeline.TableLock;
import dev.tsferry.lab.pipeline.Waiting;
import dev.tsferry.plan.event.RunEvent;
import dev.tsferry.plan.outcome.ExitCode;
import dev.tsferry.plan.report.MigrationReport;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@RequiresContainerEngine
class StreamIT {
  private static final String EXTENSION =
      "create extension intarray; create table public.of_extension (id int);"
          + " alter extension intarray add table public.of_extension; ";

  private static final String ROWS_ARE_THERE =
      "select exists (select from tsferry.step where step = 'copy')";

  private static final String SCHEMA_IS_THERE =
      "select exists (select from tsferry.step where step = 'post-data')";

  private static RdsLikeSource source;
  private static TimescaleLikeTarget target;

  @TempDir Path folder;
  private Crossing crossing;

  @BeforeAll
  static void start() throws SQLException {
    source = new RdsLikeSource(DatabaseImages.source(), "localhost").publishedOnLoopback();
    source.start();
    target = Crossing.startedTarget();
    target.keptForLater();
    StreamCrossing.fill(source);
    source.asSuperuser(
        "alter role orders_admin bypassrls; "
            + EXTENSION
            + "update pg_extension set extconfig = array['public.of_extension'::regclass]::oid[],"
            + " extcondition = array['where id > 1'] where extname = 'intarray';"
            + " insert into public.of_extension values (1), (2), (3);"
            + " grant select on public.of_extension to public");
    try (Connection owner = source.connect();
        Statement statement = owner.createStatement()) {
      statement.execute(
          "create table public.forced as select g as id from generate_series(1, 300) g;"
              + " alter table public.forced enable row level security, force row level security");
    }
  }

  @AfterAll
  static void stop() {
    source.stop();
    target.stop();
  }

  @BeforeEach
  void emptyTarget() {
    target.emptied();
    target.asSuperuser("alter role tsdbadmin nobypassrls");
    crossing = StreamCrossing.of(source, target, folder, 0);
  }

  @Test
  void run_wholeDatabase_arrivesCompletely() throws Exception {
    target.asSuperuser(EXTENSION);

    assertThat(crossing.carry()).as(crossing::log).isEqualTo(ExitCode.DONE);

    // For the eyes of the comparison.
    target.asSuperuser("alter role tsdbadmin bypassrls");
    assertThat(StreamCrossing.differences(crossing)).isEmpty();
    assertThat(target.asSuperuser("select count(*), sum(n) from public.by_side"))
        .isEqualTo("400|80200");
    assertThat(target.asSuperuser("select count(*), sum(n) from public.by_sides"))
        .isEqualTo("400|80200");
    assertThat(crossing.report().complete()).isTrue();
    assertThat(crossing.report().changes())
        .filteredOn(change -> change.step().equals("copy"))
        .singleElement()
        .satisfies(
            change -> {
              assertThat(change.statement()).isEqualTo("COPY public.of_extension: 2 rows");
              assertThat(change.reason()).contains("belongs to an extension");
            });
    assertThat(crossing.report().tables()).allMatch(MigrationReport.TableCount::matches);
    assertThat(target.asSuperuser("select to_regnamespace('tsferry') is null")).isEqualTo("t");
    assertThat(crossing.events())
        .anyMatch(e -> e instanceof RunEvent.StepSkipped s && s.step().equals("jobs"))
        .noneMatch(e -> e instanceof RunEvent.StepSkipped skipped && skipped.step().equals("copy"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"LATIN1", "SQL_ASCII"})
  void run_fromAnotherEncoding_digestsCharacters(String encoding) throws Exception {
    String database = encoding.toLowerCase(Locale.ROOT);
    try (Connection first = source.connect();
        Statement statement = first.createStatement()) {
      statement.execute(
          "create database %s encoding '%s' template template0 lc_collate 'C' lc_ctype 'C'"
              .formatted(database, encoding));
    }
    try (Connection in = source.connect(database);
        Statement statement = in.createStatement()) {
      statement.execute("create type public.fruit as enum ('pêche', 'melon')");
      statement.execute(
          "create domain public.five as char(5);"
              + " create table public.\"größe\" (id int primary key, \"für\" text, c char(6), d public.five,"
              + " v varchar(20), n name, x xml, f public.fruit, a text[], t tsvector)");
      statement.execute(
          "insert into public.\"größe\" select i, 'Ä' || i, 'é', 'ü', 'ß', 'ö', '<a>ö</a>', 'pêche',"
              + " array['å', 'æ'], 'été ab zz' from generate_series(1, 50) i;"
              + " create table public.plain as select id, \"für\", c, d, f, a, '{\"é\": 1, \"ab\": {\"ö\": [2], \"zz\": 3}}'::jsonb as j from public.\"größe\"");
    }
    Crossing from = StreamCrossing.from(crossing, database);

    assertThat(from.carry()).as(() -> from.failures().toString()).isEqualTo(ExitCode.DONE);

    assertThat(
            target.asSuperuser(
                "select sum(length(\"für\")), min(c), min(d), min(t::text) from \"größe\""))
        .isEqualTo("141|é     |ü    |'ab' 'zz' 'été'");
  }

  @Test
  void run_rowsThatBreakForeignKeys_areListed_andTheRestIsThere() throws Exception {
    try (Connection first = source.connect();
        Statement statement = first.createStatement()) {
      statement.execute("create database broken");
    }
    source.asSuperuser("alter role orders_admin superuser");
    try (Connection in = source.connect("broken");
        Statement statement = in.createStatement()) {
      statement.execute(
          """
          create table public.p (id int primary key);
          create table public.c (id int primary key, p int constraint broken_key references public.p,
                                 q int constraint whole_key references public.p);
          create table public.parted (id int, p int constraint broken_part references public.p) partition by list (id);
          create table public.parted_1 partition of public.parted for values in (1);
          comment on constraint broken_key on public.c is 'broken';
          comment on constraint broken_part on public.parted is 'broken';
          create index by_p on public.c (p);
          create function public.doubled(int) returns int immutable language sql as 'select $1 * 2';
          create index by_doubled on public.c (public.doubled(p));
          insert into public.p values (1);
          set session_replication_role = replica;
          insert into public.c values (1, 2, 1);
          insert into public.parted values (1, 7);
          """);
    } finally {
      source.asSuperuser("alter role orders_admin nosuperuser");
    }
    Crossing from = StreamCrossing.from(crossing, "broken");

    assertThat(from.carry()).isEqualTo(ExitCode.DIFFERENCES_FOUND);

    assertThat(from.failure().message())
        .contains("broken_key")
        .contains("broken_part")
        .doesNotContain("whole_key");
    assertThat(from.report().changes())
        .filteredOn(change -> change.step().equals("post-data"))
        .extracting(change -> change.kind() + " " + change.statement() + " " + change.reason())
        .anyMatch(text -> text.contains("broken_key") && text.contains("NOT VALID: "))
        .anyMatch(text -> text.startsWith("REFUSED") && text.contains("broken_part"));
    assertThat(
            target.asSuperuser(
                "select string_agg(conname || ' ' || convalidated, ', ' order by conname)"
                    + " from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace"))
        .isEqualTo("broken_key false, whole_key true");
    assertThat(target.asSuperuser("select count(*) from pg_indexes where tablename = 'c'"))
        .isEqualTo("3");
  }

  @Test
  void run_largeTableThatAKeyRefersTo_isVacuumed_andHasAllItsStatistics() throws Exception {
    try (Connection first = source.connect();
        Statement statement = first.createStatement()) {
      statement.execute("create database large");
    }
    try (Connection in = source.connect("large");
        Statement statement = in.createStatement()) {
      statement.execute(
          """
          create table public.large as select g as id, g % 100 as a, g % 100 as b from generate_series(1, 400000) g;
          alter table public.large add primary key (id);
          create table public.refers (id int references public.large);
          insert into public.refers values (7);
          create statistics public.together (dependencies) on a, b from public.large;
          """);
    }

    assertThat(StreamCrossing.from(crossing, "large").carry()).isEqualTo(ExitCode.DONE);

    assertThat(
            target.asSuperuser(
                "select relallvisible > 0 from pg_class where oid = 'public.large'::regclass"))
        .as("what is known of the pages of a table that a key refers to")
        .isEqualTo("t");
    assertThat(target.asSuperuser("select count(*) from pg_statistic_ext_data"))
        .as("statistics that are declared after the table was vacuumed")
        .isEqualTo("1");
  }

  @Test
  void run_viewWritesToATableWhenItIsFilled_tableIsReadAgain() throws Exception {
    try (Connection first = source.connect();
        Statement statement = first.createStatement()) {
      statement.execute("create database writing");
    }
    try (Connection in = source.connect("writing");
        Statement statement = in.createStatement()) {
      statement.execute(
          """
          create table public.touched as select g as id, 0 as n from generate_series(1, 1000) g;
          alter table public.touched add primary key (id);
          create function public.touch() returns int volatile language plpgsql as
            'begin update public.touched set n = n + 1 where id = 7; return 1; end';
          create materialized view public.view as select public.touch();
          """);
    }
    Crossing from = StreamCrossing.from(crossing, "writing");

    assertThat(from.carry())
        .as("filling the view on the target comes after the table was read back")
        .isEqualTo(ExitCode.DIFFERENCES_FOUND);

    assertThat(from.failure().message()).contains("public.touched").contains("different: (7)");
  }

  @Test
  void run_rowsThatBreakAKey_saysSoOnce() throws Exception {
    try (Connection first = source.connect();
        Statement statement = first.createStatement()) {
      statement.execute("create database doubled");
    }
    // A corrupt index lets them in.
    source.asSuperuser(
        "doubled",
        """
        create table public.d (id int primary key, n int);
        create unique index d_n on public.d (n);
        create table public.r (id int references public.d);
        grant select on all tables in schema public to public;
        update pg_index set indisready = false where indrelid = 'public.d'::regclass;
        """);
    source.asSuperuser(
        "doubled",
        "insert into public.d values (1, 1), (1, 1);"
            + " update pg_index set indisready = true where indrelid = 'public.d'::regclass");
    Crossing from = StreamCrossing.from(crossing, "doubled");

    assertThat(from.carry())
        .as(() -> from.failures().toString())
        .isEqualTo(ExitCode.TARGET_DATABASE);

    String told = String.join("\n", from.failures());
    assertThat(told)
        .containsOnlyOnce("could not create unique index \"d_pkey\"")
        .containsOnlyOnce("could not create unique index \"d_n\"");
    assertThat(from.notices()).noneMatch(text -> text.contains("d_pkey"));
  }

  @Test
  void run_rowsChangedOnTheTarget_areFoundByTheirKeys() throws Exception {
    CompletableFuture<ExitCode> run = CompletableFuture.supplyAsync(crossing::carry);
    // Rows go past the one, keys do not; all but ANALYZE goes past the other.
    try (TableLock keys = TableLock.of(target, "public.large_row", "access share");
        TableLock statistics =
            TableLock.of(target, "public.dropped_column", "share update exclusive")) {
      Waiting.until(() -> run.isDone() || target.asSuperuser(ROWS_ARE_THERE).equals("t"));
      target.asSuperuser("update public.sliced set n = n + 0.0000001 where id = 4711");
      target.asSuperuser("delete from public.sliced where id in (17, 39999)");
      target.asSuperuser("insert into public.sliced values (-5, 'new'), (-6, null)");
      target.asSuperuser("update \"not logged\" set md5 = 'x' where g = 500");
      keys.release();
      Waiting.until(() -> run.isDone() || target.asSuperuser(SCHEMA_IS_THERE).equals("t"));
      target.asSuperuser(
          "truncate public.rewritten; delete from tsferry.stream_copied where unit in"
              + " (select id from tsferry.stream_unit where heap = 'public.rewritten')");
      statistics.release();

      assertThat(run.get(180, TimeUnit.SECONDS))
          .as(crossing::log)
          .isEqualTo(ExitCode.DIFFERENCES_FOUND);
    }
    assertThat(crossing.failure().message())
        .contains("found 3 differences")
        .contains("public.rewritten has lost rows that were copied, it has 0 now")
        .contains("public.sliced has 40,000 rows on both sides, and not the same: by key (id)")
        .contains("different: (4711)")
        .containsPattern("missing on the target: \\((17|39999)\\) \\((17|39999)\\);")
        .containsPattern("on the target only: \\(-[56]\\) \\(-[56]\\);")
        .contains("public.not logged has 1,000 rows on both sides, and not the same")
        .contains(
            "it has no key, so that its rows have no name; 1 row missing on the target, 1 row on");
    assertThat(crossing.report().complete()).isFalse();
  }
}
