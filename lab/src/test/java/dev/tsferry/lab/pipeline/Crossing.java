package dev.tsferry.lab.pipeline;

import dev.tsferry.lab.database.DatabaseComparison;
import dev.tsferry.lab.database.DatabaseImages;
import dev.tsferry.lab.database.LabDatabase;
import dev.tsferry.lab.database.RdsLikeSource;
import dev.tsferry.lab.database.SelfHostedTimescale;
import dev.tsferry.lab.database.TimescaleLikeTarget;
import dev.tsferry.plan.DataMode;
import dev.tsferry.plan.DatabaseAddress;
import dev.tsferry.plan.Hypertable;
import dev.tsferry.plan.Json;
import dev.tsferry.plan.Pipeline;
import dev.tsferry.plan.Transfer;
import dev.tsferry.plan.VerifyLevel;
import dev.tsferry.plan.event.RunEvent;
import dev.tsferry.plan.event.RunEventLine;
import dev.tsferry.plan.event.RunState;
import dev.tsferry.plan.outcome.ExitCode;
import dev.tsferry.plan.report.CatalogueReport;
import dev.tsferry.plan.report.MigrationReport;
import dev.tsferry.runner.CatalogueCheck;
import dev.tsferry.runner.LineContext;
import dev.tsferry.runner.MigrationRun;
import dev.tsferry.runner.PasswordSource;
import dev.tsferry.runner.Rollback;
import dev.tsferry.runner.RunRequest;
import dev.tsferry.runner.pipeline.StepContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One migration between two servers of a test, with its files in a folder of the test's.
 *
 * @param programs a folder with client programs that go before this machine's, or null
 */
public record Crossing(
    LabDatabase<?> source, LabDatabase<?> target, RunRequest request, Path programs)
    implements AutoCloseable {
  private static final int RDS_CLIENT_MAJOR = 15;
  private static final int TIMESCALE_CLIENT_MAJOR = 17;

  /** From an instance of RDS, with this machine's client programs. */
  public static Crossing of(
      RdsLikeSource source, TimescaleLikeTarget target, Path folder, List<Hypertable> hypertables) {
    Pipeline pipeline =
        new Pipeline(DataMode.DUMP, hypertables, true, VerifyLevel.COUNTS, RDS_CLIENT_MAJOR, false);
    return new Crossing(
        source,
        target,
        request("orders-db", source.address(), target.address(), pipeline, folder),
        null);
  }

  /** From the database of a self-hosted TimescaleDB. */
  public static Crossing of(
      SelfHostedTimescale source, TimescaleLikeTarget target, Path folder, Path programs) {
    return of(source, target, folder, programs, SelfHostedTimescale.DATABASE, false, List.of());
  }

  /** From one of the databases of a self-hosted TimescaleDB. */
  public static Crossing of(
      SelfHostedTimescale source,
      TimescaleLikeTarget target,
      Path folder,
      Path programs,
      String database,
      boolean moveTarget,
      List<Hypertable> hypertables) {
    Pipeline pipeline =
        new Pipeline(
            DataMode.DUMP,
            hypertables,
            true,
            VerifyLevel.COUNTS,
            TIMESCALE_CLIENT_MAJOR,
            false,
            moveTarget);
    DatabaseAddress address = source.address();
    DatabaseAddress one =
        new DatabaseAddress(
            address.host(), address.port(), database, address.user(), address.tls());
    return new Crossing(
        source, target, request("metrics", one, target.address(), pipeline, folder), programs);
  }

  /** From an empty instance of RDS to an empty service, both of its own. */
  public static Crossing started(Path folder, Hypertable... hypertables) {
    return of(startedRds(), startedTarget(), folder, List.of(hypertables));
  }

  public static RdsLikeSource startedRds() {
    RdsLikeSource source =
        new RdsLikeSource(DatabaseImages.source(), "localhost").publishedOnLoopback();
    source.start();
    return source;
  }

  public static SelfHostedTimescale startedTimescale() {
    SelfHostedTimescale source =
        new SelfHostedTimescale(DatabaseImages.timescaledbSource(), "localhost")
            .publishedOnLoopback();
    source.start();
    return source;
  }

  public static TimescaleLikeTarget startedTarget() {
    TimescaleLikeTarget target =
        new TimescaleLikeTarget(DatabaseImages.target(), "localhost").publishedOnLoopback();
    target.start();
    return target;
  }

  private static RunRequest request(
      String name, DatabaseAddress source, DatabaseAddress target, Pipeline pipeline, Path folder) {
    return new RunRequest(
        name,
        source,
        target,
        pipeline,
        folder.resolve("state"),
        folder.resolve("dump"),
        folder.resolve("runtime"));
  }

  public Crossing with(RunRequest other) {
    return new Crossing(source, target, other, programs);
  }

  public Crossing with(Pipeline pipeline) {
    return with(request.with(pipeline));
  }

  /** The same with several tables at a time. */
  public Crossing atATime(int jobs) {
    return with(request.pipeline().with(new Transfer(jobs, 60)));
  }

  /** The same in data mode {@code stream}, so many slices at a time, every row digested. */
  public Crossing streaming(int jobs) {
    return with(
        request
            .pipeline()
            .with(DataMode.STREAM, VerifyLevel.FULL, new dev.tsferry.plan.Stream(jobs, 1, 0, 0)));
  }

  /** The same as a rehearsal. */
  public Crossing rehearsing() {
    return with(request.with(true));
  }

  /** A run in this process, with this machine's client programs. */
  public MigrationRun run() {
    return new MigrationRun(request, passwords(), LocalRun.silent());
  }

  /** Runs to the end; in a process of its own where the client programs are not this machine's. */
  public ExitCode carry() {
    if (programs == null) {
      return run().run();
    }
    try {
      return exitCode(start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits for the end of what {@link #start} started. */
  public static ExitCode exitCode(Process process) {
    try {
      int code = process.waitFor();
      return Stream.of(ExitCode.values())
          .filter(exit -> exit.code() == code)
          .findFirst()
          .orElseThrow(() -> new AssertionError("exit code " + code));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** A run in a process of its own; SIGTERM cancels it. */
  public Process start() throws IOException {
    Path file = request.stateDirectory().resolveSibling("request.json");
    Files.createDirectories(file.getParent());
    Files.writeString(file, Json.lenient().writeValueAsString(request));
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            LocalRun.class.getName(),
            file.toString());
    if (programs != null) {
      builder.environment().merge("PATH", programs.toString(), (path, own) -> own + ":" + path);
    }
    builder.environment().put("SOURCE_PASSWORD", source.password());
    builder.environment().put("TARGET_PASSWORD", target.password());
    return builder.inheritIO().start();
  }

  public Rollback rollback() {
    return new Rollback(request, passwords());
  }

  /** Of a run that came to its end, too. */
  public Rollback rollbackOfFinished() {
    return new Rollback(request, passwords(), true);
  }

  /** The product's comparison, outside of a run. */
  public CatalogueReport compare() throws IOException, InterruptedException {
    return compare(Optional.empty());
  }

  /** The same with all rows. */
  public CatalogueReport compareRows() throws IOException, InterruptedException {
    return compare(Optional.of(new LineContext(line -> {})));
  }

  private CatalogueReport compare(Optional<StepContext> rows)
      throws IOException, InterruptedException {
    return CatalogueCheck.compare(
        request.source(),
        request.target(),
        passwords(),
        Files.createDirectories(request.runtimeDirectory().resolveSibling("compare")),
        request.pipeline().skipExtensions(),
        rows);
  }

  public PasswordSource passwords() {
    return LocalRun.passwords(source.password(), target.password());
  }

  /** The run's files, read as somebody who follows it would. */
  public RunFiles files() {
    return new RunFiles(request.stateDirectory());
  }

  /** Every event so far; a line that is being written is passed over. */
  public List<RunEvent> events() {
    return files().lines().stream().map(RunEventLine::event).toList();
  }

  /** The text of every notice so far. */
  public List<String> notices() {
    return files().notices();
  }

  /** The last failure that was told. */
  public RunEvent.StepFailed failure() {
    return files().failures().stream()
        .reduce((first, second) -> second)
        .orElseThrow(() -> new AssertionError("nothing failed"));
  }

  /** What went wrong, for a test's message. */
  public List<String> failures() {
    return files().failures().stream()
        .map(failed -> failed.message() + " " + failed.hints())
        .toList();
  }

  public RunState state() {
    return files().state();
  }

  public MigrationReport report() {
    return files().report();
  }

  /** The run's own log, to say why a test failed. */
  public String log() {
    return files().text("runner.log");
  }

  /** What is left to a stronger user, as a script; empty where nothing is. */
  public String handover() {
    return files().text("handover.sql");
  }

  /** Whether TimescaleDB's restore mode is on in the target's catalogue. */
  public boolean isRestoring() {
    return !target
        .asSuperuser(
            "select 1 from pg_db_role_setting where array_to_string(setconfig, ' ') ~ 'timescaledb.restoring=on'")
        .isEmpty();
  }

  /** What an independent comparison of the two databases finds, chunks of TimescaleDB included. */
  public List<String> differences() throws SQLException {
    try (Connection before = source.connect(request.source().database());
        Connection after = target.connect()) {
      List<String> differences = new ArrayList<>(DatabaseComparison.differences(before, after));
      if (source instanceof SelfHostedTimescale) {
        differences.addAll(DatabaseComparison.differencesOfHypertables(before, after));
      }
      return differences;
    }
  }

  /** The text of every file that the run wrote, except the dump's. */
  public List<String> writtenFiles() throws IOException {
    try (Stream<Path> files = Files.walk(request.stateDirectory())) {
      List<String> texts = new ArrayList<>();
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        texts.add(Files.readString(file));
      }
      return texts;
    }
  }

  /** Stops both servers. */
  @Override
  public void close() {
    source.stop();
    target.stop();
  }
}
