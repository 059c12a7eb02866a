package dev.tsferry.lab.timescaledb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tsferry.lab.database.DatabaseImages;
import dev.tsferry.lab.database.LabDatabase;
import dev.tsferry.lab.database.RequiresContainerEngine;
import dev.tsferry.lab.database.SelfHostedTimescale;
import dev.tsferry.lab.database.TimescaleLikeTarget;
import dev.tsferry.lab.image.LabImages;
import dev.tsferry.lab.pipeline.Crossing;
import dev.tsferry.lab.pipeline.ImagePrograms;
import dev.tsferry.lab.pipeline.TableLock;
import dev.tsferry.lab.pipeline.Waiting;
import dev.tsferry.plan.DataMode;
import dev.tsferry.plan.outcome.ExitCode;
import dev.tsferry.plan.report.CatalogueReport;
import dev.tsferry.plan.report.MigrationReport.Difference;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.images.builder.Transferable;

/**
 * What the full edition leaves in the catalogue is carried row by row, and jobs are paused and put
 * back: on servers of the Apache edition that a stand-in lets say that they are of the full one,
 * with a catalogue made by hand. What only the edition itself can do, {@link FullEditionIT} tests.
 */
@RequiresContainerEngine
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EditionStandInIT {
  private static final String BATCHES = "_timescaledb_internal.compress_hyper_2_6_chunk";
  private static final String SCHEDULED =
      "select string_agg(id || ' ' || scheduled || ' ' || owner, ', ' order by id) from _timescaledb_config.bgw_job where id >= 1000";
  private static final String TABLES =
      """
      select n.nspname || '.' || c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where c.relkind = 'r' and n.nspname in ('_timescaledb_catalog', '_timescaledb_config')
         and c.relname not in ('metadata', 'bgw_job') order by 1
      """;
  private static final List<String> VIEWS =
      List.of(
          "hypertables",
          "dimensions",
          "chunks",
          "continuous_aggregates",
          "compression_settings",
          "hypertable_compression_settings",
          "chunk_compression_settings");

  private SelfHostedTimescale source;
  private TimescaleLikeTarget target;
  private Crossing dumping;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    byte[] library = library();
    source =
        edition(new SelfHostedTimescale(DatabaseImages.timescaledbSource(), "localhost"), library);
    target = edition(new TimescaleLikeTarget(DatabaseImages.target(), "localhost"), library);
    execute(source, SelfHostedTimescale.DATABASE, "stand-in-functions");
    execute(source, SelfHostedTimescale.DATABASE, "stand-in-source");
    target.asSuperuser(sql("stand-in-functions"));
    dumping = Crossing.of(source, target, folder, ImagePrograms.of(source, folder));
  }

  @AfterAll
  void stop() {
    dumping.close();
  }

  @ParameterizedTest
  @EnumSource(DataMode.class)
  void run_catalogueOfTheFullEdition_arrivesRowByRow_andIsTakenBack(DataMode mode)
      throws Exception {
    Crossing crossing = mode == DataMode.STREAM ? dumping.streaming(2) : dumping;
    String before = source.asSuperuser(SCHEDULED);
    List<String> empty = catalogue(target);

    assertThat(crossing.carry()).as(crossing::log).isEqualTo(ExitCode.DONE);

    assertThat(crossing.differences()).isEmpty();
    assertThat(catalogue(target)).isEqualTo(catalogue(source)).anyMatch(l -> l.contains("hourly"));
    assertThat(source.asSuperuser(SCHEDULED)).isEqualTo(before);
    assertThat(target.asSuperuser(SCHEDULED))
        .isEqualTo(before.replace("postgres", "tsdbadmin").replace("metrics_app", "tsdbadmin"));
    assertThat(target.asSuperuser("select count(*), sum(n) from m.hourly"))
        .isEqualTo(source.asSuperuser("select count(*), sum(n) from m.hourly"));
    assertThat(crossing.notices())
        .contains(
            "4 background jobs of the source are paused until this run ends",
            "continuous aggregates carried: m.daily, m.hourly")
        .anyMatch(text -> text.startsWith("jobs were off while") && text.contains("m.hourly"));

    assertRowsAreCompared(crossing);

    crossing.rollbackOfFinished().execute();
    assertThat(catalogue(target)).isEqualTo(empty);
    assertThat(
            target.asSuperuser(
                "select c.relname from pg_class c where c.relnamespace = '_timescaledb_internal'::regnamespace and c.relname ~ 'hyper|_view_' and not exists (select from pg_depend d where d.objid = c.oid and d.classid = 'pg_class'::regclass and d.deptype = 'e')"))
        .isEmpty();
  }

  // What a continuous aggregate holds is compared under its name. Batches are no rows: what is in
  // them is seen through the chunk, by the full edition.
  private void assertRowsAreCompared(Crossing crossing) throws Exception {
    assertThat(wrong(crossing.compareRows())).isEmpty();
    target.asSuperuser(
        "update _timescaledb_internal._materialized_hypertable_3 set n = n + 1 where hour = (select min(hour) from _timescaledb_internal._materialized_hypertable_3) and device = 0");
    target.asSuperuser("delete from " + BATCHES);
    assertThat(wrong(crossing.compareRows()))
        .singleElement()
        .asString()
        .startsWith("rows of m.hourly: ")
        .contains("1 row missing on the target, 1 row on the target only");
  }

  private static List<String> wrong(CatalogueReport report) {
    return report.differences().stream()
        .filter(difference -> difference.verdict() == Difference.Verdict.WRONG)
        .map(d -> "%s %s: %s".formatted(d.kind(), d.object(), d.detail()))
        .toList();
  }

  // A chunk that moved is copied again without the batches beside it; and a batch that is lost is
  // found by its segment and the range of its rows.
  @Test
  void run_streamedAndKilled_copiesTheMovedChunkAgain_andALostBatchIsFound() throws Exception {
    Crossing crossing = dumping.streaming(2);
    killedWhileRowsAreCopied(crossing);
    source.asSuperuser(
        "set timescaledb.restoring = on; truncate _timescaledb_internal._hyper_1_1_chunk");
    // Rows go past it, indexes do not.
    try (TableLock lock = TableLock.of(target, BATCHES, "row exclusive")) {
      Process process = crossing.start();
      Waiting.until(
          () ->
              !process.isAlive()
                  || target
                      .asSuperuser("select exists (select from tsferry.step where step = 'copy')")
                      .equals("t"));
      // Whoever is not in already waits behind the index.
      lock.execute("delete from %s where device = 1".formatted(BATCHES));
      lock.commit();
      assertThat(Crossing.exitCode(process)).isEqualTo(ExitCode.DIFFERENCES_FOUND);
    }

    assertThat(crossing.notices())
        .anyMatch(
            text ->
                text.contains("copied again: m.readings: its chunk")
                    && !text.contains("compressed chunk"));
    assertThat(crossing.failure().message())
        .contains("m.readings: its compressed chunk %s had 3 rows".formatted(BATCHES))
        .contains("when it was copied and has 2 on the target")
        .contains("by key (_ts_meta_count, device, _ts_meta_min_1, _ts_meta_max_1)")
        .contains("missing on the target: (16, 1, 2024-01-01 00:30:00+00, 2024-01-01 23:00:00+00)");
    crossing.rollback().execute();
  }

  private void killedWhileRowsAreCopied(Crossing crossing) throws Exception {
    Process process = crossing.start();
    try (TableLock lock = TableLock.of(target, "m.readings")) {
      Waiting.until(
          () ->
              !process.isAlive()
                  || target
                      .asSuperuser(
                          "select count(*) from tsferry.stream_copied c join tsferry.stream_unit u"
                              + " on u.id = c.unit where u.heap = '%s'".formatted(BATCHES))
                      .equals("1"));
      kill(process);
      lock.release();
    }
  }

  private static void kill(Process process) throws InterruptedException {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly().waitFor();
  }

  @Test
  void run_killedWhileJobsArePaused_theyAreScheduledAgainByWhoeverLooks() throws Exception {
    String before = source.asSuperuser(SCHEDULED);
    Process process = dumping.start();
    Waiting.until(() -> !process.isAlive() || source.asSuperuser(SCHEDULED).contains("1000 false"));
    kill(process);
    assertThat(source.asSuperuser(SCHEDULED)).contains("1000 false").contains("1004 false");

    assertThat(dumping.rollback().undoSource())
        .contains("4 background jobs of the source are scheduled again");

    assertThat(source.asSuperuser(SCHEDULED)).isEqualTo(before);
    dumping.rollback().execute();
    assertThat(dumping.rollback().undoSource()).isEmpty();
  }

  // Every row of TimescaleDB's tables, and what its views say; jobs are compared by themselves.
  private static List<String> catalogue(LabDatabase<?> server) {
    TreeSet<String> lines = new TreeSet<>();
    for (String table : server.asSuperuser(TABLES).lines().toList()) {
      server
          .asSuperuser(
              "set search_path = ''; select '%s ' || to_jsonb(t)::text from %1$s t"
                  .formatted(table))
          .lines()
          .forEach(lines::add);
    }
    for (String view : VIEWS) {
      server
          .asSuperuser(
              "set search_path = ''; select '%s ' || (to_jsonb(t) - 'owner' - 'view_owner')::text from timescaledb_information.%1$s t"
                  .formatted(view))
          .lines()
          .forEach(lines::add);
    }
    return List.copyOf(lines);
  }

  private static <S extends LabDatabase<S>> S edition(S server, byte[] library) {
    server
        .publishedOnLoopback()
        .withCopyToContainer(
            Transferable.of(library, 0755), "/usr/lib/postgresql/17/lib/timescaledb-tsl-2.19.3.so")
        .withCopyToContainer(
            Transferable.of("timescaledb.license = 'timescale'\n", 0644),
            "/var/lib/postgresql/data/postgresql.auto.conf")
        .start();
    return server;
  }

  private static byte[] library() {
    try (GenericContainer<?> image =
        new GenericContainer<>(LabImages.named("timescaledb-stand-in"))
            .withLabel("tsferry.lab", "test")
            .withCommand("sleep", "600")) {
      image.start();
      return image.copyFileFromContainer("/timescaledb-tsl.so", InputStream::readAllBytes);
    }
  }

  private static void execute(LabDatabase<?> server, String database, String script)
      throws Exception {
    try (Connection connection = server.connect(database);
        Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      statement.execute(sql(script));
    }
  }

  private static String sql(String script) throws Exception {
    try (InputStream in = EditionStandInIT.class.getResourceAsStream(script + ".sql")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
