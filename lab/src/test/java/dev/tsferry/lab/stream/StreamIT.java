package dev.tsferry.lab.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tsferry.lab.database.DatabaseImages;
import dev.tsferry.lab.database.RdsLikeSource;
import dev.tsferry.lab.database.RequiresContainerEngine;
import dev.tsferry.lab.database.TimescaleLikeTarget;
import dev.tsferry.lab.pipeline.Crossing;
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
import org.junit.jupiter.api.AfterEach;
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

  private static RdsLikeSource source;

  @TempDir Path folder;
  private TimescaleLikeTarget target;
  private Crossing crossing;

  @BeforeAll
  static void startSource() throws SQLException {
    source = new RdsLikeSource(DatabaseImages.source(), "localhost").publishedOnLoopback();
    source.start();
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
  static void stopSource() {
    source.stop();
  }

  @BeforeEach
  void startTarget() {
    target = new TimescaleLikeTarget(DatabaseImages.target(), "localhost").publishedOnLoopback();
    target.start();
    crossing = StreamCrossing.of(source, target, folder, 0);
  }

  @AfterEach
  void stopTarget() {
    target.stop();
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
              + " create table public.plain as select id, \"für\", c, d, f, a from public.\"größe\"");
    }
    Crossing from = StreamCrossing.from(crossing, database);

    assertThat(from.carry()).as(() -> from.failures().toString()).isEqualTo(ExitCode.DONE);

    assertThat(
            target.asSuperuser(
                "select sum(length(\"für\")), min(c), min(d), min(t::text) from \"größe\""))
        .isEqualTo("141|é     |ü    |'ab' 'zz' 'été'");
  }

  @Test
  void run_rowsChangedOnTheTarget_areFoundByTheirKeys() throws Exception {
    try (Connection blocker = target.connect();
        Statement lock = blocker.createStatement()) {
      CompletableFuture<ExitCode> run = CompletableFuture.supplyAsync(crossing::carry);
      StreamCrossing.await(
          () -> target.asSuperuser("select to_regclass('public.sliced') is not null").equals("t"));
      // Rows go past it, keys do not.
      blocker.setAutoCommit(false);
      lock.execute("lock table public.sliced in access share mode");
      StreamCrossing.await(() -> StreamCrossing.began(crossing, "post-data") || run.isDone());
      target.asSuperuser("update public.sliced set n = n + 0.0000001 where id = 4711");
      target.asSuperuser("delete from public.sliced where id in (17, 39999)");
      target.asSuperuser("insert into public.sliced values (-5, 'new'), (-6, null)");
      target.asSuperuser("update \"not logged\" set md5 = 'x' where g = 500");
      blocker.rollback();

      assertThat(run.get(180, TimeUnit.SECONDS))
          .as(crossing::log)
          .isEqualTo(ExitCode.DIFFERENCES_FOUND);
    }
    assertThat(crossing.failure().message())
        .contains("found 2 differences")
        .contains("public.sliced has 40,000 rows on both sides, and not the same: by key (id)")
        .contains("different: (4711)")
        .containsPattern("missing on the target: \\((17|39999)\\) \\((17|39999)\\);")
        .containsPattern("on the target only: \\(-[56]\\) \\(-[56]\\);")
        .contains("public.not logged has 1,000 rows on both sides, and not the same")
        .contains("it has no key");
    assertThat(crossing.report().complete()).isFalse();
  }
}
