package dev.tsferry.runner.step;

import dev.tsferry.plan.DataMode;
import dev.tsferry.plan.Hypertable;
import dev.tsferry.plan.check.RunPreview;
import dev.tsferry.plan.check.RunPreview.Command;
import dev.tsferry.plan.check.RunPreview.Where;
import dev.tsferry.runner.dump.DumpDirectory;
import dev.tsferry.runner.dump.RoleDump;
import dev.tsferry.runner.dump.SchemaFile;
import dev.tsferry.runner.dump.SchemaStatement;
import dev.tsferry.runner.pipeline.Step;
import dev.tsferry.runner.postgres.ClientPrograms;
import dev.tsferry.runner.postgres.ExportedSnapshot;
import dev.tsferry.runner.postgres.Session;
import dev.tsferry.runner.process.CommandLine;
import dev.tsferry.runner.quiesce.QuiescePreview;
import dev.tsferry.runner.state.Ledger;
import dev.tsferry.runner.timescaledb.Guide;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * Every command and statement of a run, without executing one that writes: the source's roles and
 * schema are dumped and translated as the run would do it.
 */
public final class PipelinePreview {
  private static final String SNAPSHOT = "SNAPSHOT";

  private final Workspace workspace;
  private final Path dumpDirectory;
  private final DumpFiles dump;
  private final DumpCommands dumping;
  private final Map<String, List<Command>> commands = new LinkedHashMap<>();
  private final Map<String, String> notes = new LinkedHashMap<>();

  /**
   * @param workspace with a scratch directory
   * @param dumpDirectory where the run itself would dump to
   */
  public PipelinePreview(Workspace workspace, ClientPrograms programs, Path dumpDirectory) {
    this.workspace = workspace;
    this.dumpDirectory = dumpDirectory;
    workspace.programs(programs);
    this.dump = new DumpFiles(workspace);
    this.dumping = new DumpCommands(workspace);
  }

  /** The steps in their order, those with nothing to do left out. */
  public List<RunPreview.Step> steps() throws IOException, InterruptedException {
    try (Session source = workspace.source().connect("dry-run");
        Session target = workspace.target().connect("dry-run")) {
      workspace.guide(Guide.of(source, workspace.kind()));
      workspace.run(new Ledger.Run(new UUID(0, 0), workspace.name(), "", 0, "", ""));
      begin(source);
      schema(target);
      if (workspace.guide() == Guide.TIMESCALEDB) {
        new TimescalePreview(workspace, this).add(source);
      } else {
        new HypertablePreview(source, this).add(workspace.pipeline().hypertables());
      }
      load();
      finish(source, target);
    }
    List<RunPreview.Step> steps = new ArrayList<>();
    for (Step step : DumpPipeline.steps(workspace)) {
      List<Command> all = commands.getOrDefault(step.id(), List.of());
      String note = notes.getOrDefault(step.id(), "");
      if (!all.isEmpty() || !note.isEmpty()) {
        steps.add(new RunPreview.Step(step.id(), step.title(), note, all));
      }
    }
    return steps;
  }

  void add(String step, Where where, String text) {
    commands.computeIfAbsent(step, id -> new ArrayList<>()).add(new Command(where, text.strip()));
  }

  void note(String step, String text) {
    notes.merge(step, text, (one, other) -> one + "; " + other);
  }

  private void begin(Session source) {
    note("preflight", "asks what the check above has asked");
    Ledger.statements().forEach(statement -> add("preflight", Where.TARGET, statement));
    QuiescePreview.statements(source, workspace.pipeline().quiesce())
        .forEach(statement -> add("quiesce", Where.SOURCE, statement));
    note("dump", "the dump goes to " + dumpDirectory);
    add("dump", Where.SOURCE, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    add("dump", Where.SOURCE, "SELECT pg_export_snapshot() -- " + SNAPSHOT + " below");
    if (workspace.pipeline().roles()) {
      add("dump", Where.HOST, dumping.roles().toString());
    }
    add("dump", Where.HOST, dumping.schema(SNAPSHOT).toString());
    for (String section : List.of("pre-data", "post-data")) {
      add("dump", Where.HOST, dumping.section(section).toString());
    }
    dumping
        .data(SNAPSHOT, DumpFiles.hasLargeObjects(source))
        .forEach(command -> add("dump", Where.HOST, command.toString()));
  }

  /** What comes before the chunks of a TimescaleDB source. */
  void catalogue() {
    add("dump", Where.HOST, dumping.catalogue(SNAPSHOT).toString());
    Path file = dumpDirectory.resolve(DumpDirectory.CATALOGUE);
    for (CommandLine command : new PsqlLoad(workspace).preview(CatalogueStep.ID, file)) {
      add(CatalogueStep.ID, Where.HOST, command.toString());
    }
    note(CopyStep.ID, "chunk by chunk, compressed ones as they are");
  }

  private void schema(Session target) throws IOException, InterruptedException {
    workspace.dump().clear();
    try (ExportedSnapshot snapshot = new ExportedSnapshot(workspace.source(), holder -> {})) {
      if (workspace.pipeline().roles()) {
        dump.roles();
        roles(target);
      }
      dump.schema(snapshot);
      dump.withOwners(snapshot);
    }
    statements("pre-data", DumpDirectory.PRE_DATA, statement -> true);
    statements(
        "post-data", DumpDirectory.POST_DATA, statement -> !RefreshStep.isRefresh(statement));
    statements("refresh", DumpDirectory.POST_DATA, RefreshStep::isRefresh);
    statements("settings", DumpFiles.OWNERS, PipelinePreview::isOfOwnersOrPrivileges);
    note(
        "settings",
        "as the source has them; executed where the target differs then, with the roles that stand for the source's");
  }

  private void roles(Session target) throws IOException {
    try (InputStream file = Files.newInputStream(workspace.dump().file(DumpDirectory.ROLES))) {
      RoleDump translated =
          RoleDump.translate("roles", file, new RolesStep(workspace).rules(target));
      translated.statements().forEach(statement -> add("roles", Where.TARGET, statement));
      note(
          "roles",
          "%d statements of the source are left out or changed"
              .formatted(translated.changes().size()));
    }
  }

  private void statements(String step, String file, Predicate<SchemaStatement> wanted)
      throws IOException {
    try (SchemaFile statements = new SchemaFile(workspace.dump().file(file))) {
      for (Optional<SchemaStatement> next = statements.next();
          next.isPresent();
          next = statements.next()) {
        if (wanted.test(next.get())) {
          add(step, Where.TARGET, next.get().preview());
        }
      }
    }
  }

  private static boolean isOfOwnersOrPrivileges(SchemaStatement statement) {
    return statement.starts("grant")
        || statement.starts("revoke")
        || statement.starts("alter", "default", "privileges")
        || (statement.starts("alter") && statement.text().contains(" OWNER TO \""));
  }

  private void load() {
    if (workspace.pipeline().dataMode() == DataMode.STREAM) {
      note(
          "copy",
          "%d slices of tables at a time, the largest tables first, until all are there; names stand for the table's own; keys and indexes of post-data are built as soon as their table's rows are there, foreign keys NOT VALID first"
              .formatted(workspace.stream().jobs()));
      add("copy", Where.SOURCE, "SET TRANSACTION SNAPSHOT '" + SNAPSHOT + "'");
      add(
          "copy",
          Where.SOURCE,
          "COPY (SELECT columns FROM ONLY heap WHERE ctid >= first AND ctid < last) TO STDOUT (FORMAT binary)");
      add("copy", Where.TARGET, "BEGIN; INSERT INTO tsferry.stream_copied (unit) VALUES (number)");
      add("copy", Where.TARGET, "COPY relation (columns) FROM STDIN (FORMAT binary)");
      add(
          "copy",
          Where.TARGET,
          "UPDATE tsferry.stream_copied SET rows = n, digest_high = h, digest_low = l WHERE unit = number; COMMIT");
    }
    for (CommandLine command :
        new PsqlLoad(workspace).preview("data", dumpDirectory.resolve(DumpDirectory.DATA))) {
      add("data", Where.HOST, command.toString());
    }
    note(
        "data",
        "one transaction for each line, which begins with its row in the ledger; the file holds COPY and setval statements");
  }

  private void finish(Session source, Session target) {
    new SettingPreview(source, target, workspace.target().address().database()).add(this);
    add("analyze", Where.TARGET, "ANALYZE");
    if (new VerifyStep(workspace).skip().isEmpty()) {
      note("verify", "reads both catalogues, and counts the rows of every table on both sides");
    }
    new HypertablePreview(source, this)
        .addPolicies(
            workspace.pipeline().hypertables().stream().filter(Hypertable::wantsPolicies).toList());
  }
}
