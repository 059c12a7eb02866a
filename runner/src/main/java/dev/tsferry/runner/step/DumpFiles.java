package dev.tsferry.runner.step;

import dev.tsferry.plan.DataMode;
import dev.tsferry.plan.DatabaseAddress;
import dev.tsferry.plan.Hypertable;
import dev.tsferry.plan.TableName;
import dev.tsferry.runner.dump.ConstraintName;
import dev.tsferry.runner.dump.DataDump;
import dev.tsferry.runner.dump.DumpDirectory;
import dev.tsferry.runner.dump.Merger;
import dev.tsferry.runner.dump.RewriteRules;
import dev.tsferry.runner.dump.SchemaDump;
import dev.tsferry.runner.pipeline.StepContext;
import dev.tsferry.runner.postgres.ExportedSnapshot;
import dev.tsferry.runner.postgres.ServerErrors;
import dev.tsferry.runner.postgres.Session;
import dev.tsferry.runner.postgres.Side;
import dev.tsferry.runner.postgres.ToolErrors;
import dev.tsferry.runner.privilege.RoleMapping;
import dev.tsferry.runner.process.AtOnce;
import dev.tsferry.runner.process.CommandLine;
import dev.tsferry.runner.process.ProcessResult;
import dev.tsferry.runner.process.StandardOutput;
import dev.tsferry.runner.process.Ticker;
import dev.tsferry.runner.setting.SourceSettings;
import dev.tsferry.runner.stream.table.SourceSequences;
import dev.tsferry.runner.timescaledb.HypertableKeys;
import dev.tsferry.runner.timescaledb.TimescaleDump;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

/** The files that the source is dumped into, one kind after the other. */
final class DumpFiles {
  /** A file of a dry run: the schema with owners and privileges. */
  static final String OWNERS = "owners.sql";

  private static final String LOOKING = "looking for large objects";

  private final Workspace workspace;
  private final DumpCommands commands;

  DumpFiles(Workspace workspace) {
    this.workspace = workspace;
    this.commands = new DumpCommands(workspace);
  }

  /** Dumps all but the rows, and returns what goes to the target as its schema. */
  Schema definitions(ExportedSnapshot snapshot) throws IOException, InterruptedException {
    AtomicReference<Schema> schema = new AtomicReference<>();
    List<AtOnce.Work> works = new ArrayList<>();
    works.add(() -> schema.set(schema(snapshot)));
    works.add(() -> settings(snapshot));
    if (workspace.pipeline().roles()) {
      works.add(this::roles);
    }
    if (streams() && workspace.isTimescale()) {
      works.add(() -> catalogue(snapshot));
    }
    AtOnce.all(works);
    return schema.get();
  }

  void roles() throws IOException, InterruptedException {
    run(commands.roles(), output -> workspace.dump().raw(DumpDirectory.ROLES, output));
    workspace.dump().publish(DumpDirectory.ROLES);
  }

  /** The schema with owners and privileges, for a dry run. */
  void withOwners(ExportedSnapshot snapshot) throws IOException, InterruptedException {
    run(commands.owners(snapshot.id()), output -> workspace.dump().raw(OWNERS, output));
    workspace.dump().publish(OWNERS);
  }

  private void settings(ExportedSnapshot snapshot) throws IOException {
    byte[] json = SourceSettings.inSnapshot(workspace.source(), snapshot.id()).json();
    workspace.dump().raw(DumpDirectory.SETTINGS, new ByteArrayInputStream(json));
    workspace.dump().publish(DumpDirectory.SETTINGS);
  }

  /** The schema as it goes to the target, in its two sections. */
  record Schema(SchemaDump preData, SchemaDump postData) {}

  Schema schema(ExportedSnapshot snapshot) throws IOException, InterruptedException {
    run(commands.schema(snapshot.id()), workspace.dump()::schemaArchive);
    AtomicReference<SchemaDump> preData = new AtomicReference<>();
    AtomicReference<SchemaDump> postData = new AtomicReference<>();
    AtOnce.all(
        List.of(
            () -> preData.set(section("pre-data", DumpDirectory.PRE_DATA)),
            () -> postData.set(section("post-data", DumpDirectory.POST_DATA))));
    return new Schema(preData.get(), postData.get());
  }

  private SchemaDump section(String section, String file) throws IOException, InterruptedException {
    // Before the rows are loaded they are ordinary tables.
    Set<TableName> hypertables =
        section.equals("post-data")
            ? workspace.pipeline().hypertables().stream()
                .map(Hypertable::table)
                .collect(Collectors.toSet())
            : Set.of();
    Set<ConstraintName> later =
        section.equals("post-data") && workspace.isTimescale() ? keysToHypertables() : Set.of();
    RewriteRules rules =
        new RewriteRules(
            hypertables,
            workspace.skipped().reasons(),
            workspace.target().majorVersion(),
            RoleMapping.owners(
                workspace.source().address().user(), workspace.target().address().user()),
            later,
            workspace.merger());
    List<SchemaDump> result = new ArrayList<>();
    run(
        commands.section(section),
        output ->
            result.add(
                later.isEmpty()
                    ? workspace.dump().schema(file, section, output, rules)
                    : workspace
                        .dump()
                        .schema(file, DumpDirectory.HYPERTABLE_KEYS, section, output, rules)));
    workspace.dump().publish(file);
    if (!later.isEmpty()) {
      workspace.dump().publish(DumpDirectory.HYPERTABLE_KEYS);
    }
    return result.get(0);
  }

  /** The rows of TimescaleDB's own catalogue, which are loaded before those of the chunks. */
  private void catalogue(ExportedSnapshot snapshot) throws IOException, InterruptedException {
    run(
        commands.catalogue(snapshot.id()),
        output -> workspace.dump().data(DumpDirectory.CATALOGUE, output, Merger.NONE, table -> {}));
    workspace.dump().publish(DumpDirectory.CATALOGUE);
  }

  private Set<ConstraintName> keysToHypertables() {
    try (Session source = workspace.source().visit(DumpStep.ID)) {
      return Set.copyOf(HypertableKeys.of(source));
    }
  }

  DataDump data(ExportedSnapshot snapshot, long estimate, StepContext context)
      throws IOException, InterruptedException {
    List<DataDump> result = new ArrayList<>();
    AtomicReference<String> table = new AtomicReference<>("");
    Runnable tell =
        () ->
            context.progress(
                table.get(),
                Math.max(
                    workspace.dump().partBytes(DumpDirectory.DATA),
                    workspace.dump().archiveBytes()),
                estimate,
                "byte");
    InputStream more = more(snapshot);
    Ticker ticker = Ticker.start("dump-progress", Duration.ofSeconds(1), tell);
    try {
      CommandLine last = toLast(commands.data(snapshot.id(), hasLargeObjects(snapshot)));
      run(
          last,
          output ->
              result.add(
                  workspace
                      .dump()
                      .data(
                          DumpDirectory.DATA,
                          new SequenceInputStream(output, more),
                          workspace.merger(),
                          name -> table.set(name.toString()))));
    } finally {
      ticker.close();
      workspace.dump().removeArchives();
    }
    workspace.dump().publish(DumpDirectory.DATA);
    return result.get(0);
  }

  private static boolean hasLargeObjects(ExportedSnapshot snapshot) throws InterruptedException {
    try {
      return snapshot.lend(DumpFiles::hasLargeObjects);
    } catch (SQLException e) {
      throw ServerErrors.working(Side.SOURCE, LOOKING, e);
    }
  }

  static boolean hasLargeObjects(Session source) {
    return source.isTrue(LOOKING, "select exists (select from pg_catalog.pg_largeobject_metadata)");
  }

  private CommandLine toLast(List<CommandLine> lines) throws IOException, InterruptedException {
    for (CommandLine line : lines.subList(0, lines.size() - 1)) {
      run(line, StandardOutput.lines(ignored -> {}));
    }
    return lines.get(lines.size() - 1);
  }

  private boolean streams() {
    return workspace.pipeline().dataMode() == DataMode.STREAM;
  }

  /** What pg_dump leaves out and the target needs. */
  private InputStream more(ExportedSnapshot snapshot) {
    InputStream sequences = streams() ? sequences() : InputStream.nullInputStream();
    return workspace.isTimescale() ? new SequenceInputStream(sequences, jobs(snapshot)) : sequences;
  }

  private InputStream sequences() {
    try (Session session = workspace.source().visit("dump")) {
      return new ByteArrayInputStream(
          SourceSequences.statements(session).getBytes(StandardCharsets.UTF_8));
    }
  }

  private InputStream jobs(ExportedSnapshot snapshot) {
    return TimescaleDump.jobs(
        workspace.source(), workspace.target(), workspace.jobs(), snapshot.id());
  }

  private void run(CommandLine command, StandardOutput output)
      throws IOException, InterruptedException {
    ProcessResult result =
        workspace.processes().run(command, workspace.directory().toolLog(DumpStep.ID), output);
    if (!result.succeeded()) {
      DatabaseAddress address = workspace.source().address();
      throw ToolErrors.failed(
          Side.SOURCE,
          "dumping the source %s:%d/%s"
              .formatted(address.host(), address.port(), address.database()),
          command.program(),
          result);
    }
  }
}
