package dev.tsferry.runner.step;

import dev.tsferry.plan.DatabaseAddress;
import dev.tsferry.plan.Hypertable;
import dev.tsferry.plan.TableName;
import dev.tsferry.plan.Transfer;
import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.plan.outcome.MigrationException;
import dev.tsferry.runner.dump.ConstraintName;
import dev.tsferry.runner.dump.DataDump;
import dev.tsferry.runner.dump.DumpDirectory;
import dev.tsferry.runner.dump.DumpManifest;
import dev.tsferry.runner.dump.RewriteRules;
import dev.tsferry.runner.dump.SchemaDump;
import dev.tsferry.runner.load.LeftOut;
import dev.tsferry.runner.pipeline.Step;
import dev.tsferry.runner.pipeline.StepContext;
import dev.tsferry.runner.postgres.ExportedSnapshot;
import dev.tsferry.runner.postgres.Session;
import dev.tsferry.runner.postgres.Side;
import dev.tsferry.runner.postgres.ToolErrors;
import dev.tsferry.runner.preflight.ByteSizes;
import dev.tsferry.runner.preflight.Extensions;
import dev.tsferry.runner.preflight.Findings;
import dev.tsferry.runner.preflight.SourceChecks;
import dev.tsferry.runner.privilege.RoleMapping;
import dev.tsferry.runner.process.CommandLine;
import dev.tsferry.runner.process.ProcessResult;
import dev.tsferry.runner.process.StandardOutput;
import dev.tsferry.runner.process.Ticker;
import dev.tsferry.runner.setting.SourceSettings;
import dev.tsferry.runner.timescaledb.Guide;
import dev.tsferry.runner.timescaledb.HypertableKeys;
import dev.tsferry.runner.timescaledb.TimescaleDump;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

/**
 * Dumps roles, schema and rows of the source into files, all of them as of one moment.
 *
 * <p>Effect: the dump directory has a manifest. Repeat: a dump without one is made anew; nothing is
 * loaded before there is one. Where the files were lost after a part of them was loaded, they are
 * dumped again, and must hold the same schema as before.
 *
 * @see <a href="https://www.postgresql.org/docs/current/app-pgdump.html">pg_dump</a>
 */
final class DumpStep implements Step {
  /** A file of a dry run: the schema with owners and privileges. */
  static final String OWNERS = "owners.sql";

  private static final String ID = "dump";
  private static final List<String> COMMON =
      List.of(
          "--format=plain",
          "--quote-all-identifiers",
          "--no-tablespaces",
          "--no-owner",
          "--no-privileges",
          "--no-publications",
          "--no-subscriptions",
          "--no-security-labels");

  private final Workspace workspace;

  DumpStep(Workspace workspace) {
    this.workspace = workspace;
  }

  @Override
  public String id() {
    return ID;
  }

  @Override
  public String title() {
    return "dump the source";
  }

  @Override
  public Optional<String> skip() {
    if (workspace.ledger().isDone(RefreshStep.ID)) {
      return Optional.of("all of it is loaded");
    }
    try {
      return workspace.manifest().map(manifest -> "dumped at " + manifest.takenAt());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  @Override
  public String run(StepContext context) throws IOException, InterruptedException {
    if (!isTimescale()) {
      return dump(context);
    }
    int paused = workspace.jobs().pause();
    if (paused > 0) {
      context.info(
          "%d background jobs of the source are paused until this run ends".formatted(paused));
    }
    return dump(context);
  }

  private boolean isTimescale() {
    return workspace.guide() == Guide.TIMESCALEDB;
  }

  private String dump(StepContext context) throws IOException, InterruptedException {
    workspace.dump().clear();
    long estimate;
    try (Session session = workspace.source().connect(ID)) {
      estimate = new SourceChecks(session, new Findings()).tableBytes();
      workspace.ledger().replaceChanges(ID, LeftOut.of(ID, session));
    }
    try (ExportedSnapshot snapshot = workspace.quiet().snapshot(context)) {
      if (workspace.pipeline().roles()) {
        roles();
      }
      settings(snapshot);
      SchemaDump preData = schema("pre-data", DumpDirectory.PRE_DATA, snapshot);
      SchemaDump postData = schema("post-data", DumpDirectory.POST_DATA, snapshot);
      refuseOtherSchema(preData, postData);
      DataDump data = data(snapshot, estimate, context);
      snapshot.check();
      workspace.quiet().dumped(context, workspace.ledger().isDone("data"));
      DumpManifest manifest =
          new DumpManifest(
              DumpManifest.VERSION,
              workspace.run().id().toString(),
              snapshot.id(),
              Instant.now(),
              workspace.dump().files(),
              preData,
              postData,
              data.tables());
      workspace.dump().complete(manifest);
      return "%d tables, %,d rows, %s"
          .formatted(data.tables().size(), manifest.rows(), ByteSizes.text(manifest.rowBytes()));
    } finally {
      workspace.quiet().release();
    }
  }

  /** What identifies the schema that is loaded; in pre-data's row of the ledger. */
  static String schemaDigest(SchemaDump preData, SchemaDump postData) {
    return "%s,%s".formatted(preData.digest(), postData.digest());
  }

  void roles() throws IOException, InterruptedException {
    run("pg_dumpall", rolesCommand(), output -> workspace.dump().raw(DumpDirectory.ROLES, output));
    workspace.dump().publish(DumpDirectory.ROLES);
  }

  CommandLine rolesCommand() {
    String database = workspace.source().address().database();
    return command(
        "pg_dumpall",
        List.of(
            "--roles-only",
            "--quote-all-identifiers",
            "--no-role-passwords",
            "--no-security-labels",
            "--encoding=UTF8",
            "--database=" + database));
  }

  CommandLine sectionCommand(String section, String snapshot) {
    return command("pg_dump", sectionArguments(section, snapshot));
  }

  /** The lines that dump the rows. */
  List<CommandLine> dataCommands(String snapshot) {
    if (!transfer().parallel()) {
      return List.of(sectionCommand("data", snapshot));
    }
    Path archive = workspace.dump().archive();
    List<String> arguments = sectionArguments("data", snapshot);
    arguments.replaceAll(
        argument -> argument.equals("--format=plain") ? "--format=directory" : argument);
    arguments.add("--jobs=" + transfer().jobs());
    // It is read once more on the same machine.
    arguments.add("--compress=0");
    arguments.add("--file=" + archive);
    return List.of(
        command("pg_dump", arguments),
        workspace
            .programs()
            .command(
                "pg_restore",
                List.of("--format=directory", "--section=data", "--file=-", archive.toString())));
  }

  /** The schema with owners and privileges, for a dry run. */
  void withOwners(ExportedSnapshot snapshot) throws IOException, InterruptedException {
    List<String> arguments =
        List.of(
            "--format=plain",
            "--schema-only",
            "--quote-all-identifiers",
            "--no-publications",
            "--no-subscriptions",
            "--encoding=UTF8",
            "--snapshot=" + snapshot.id());
    run("pg_dump", command("pg_dump", arguments), output -> workspace.dump().raw(OWNERS, output));
    workspace.dump().publish(OWNERS);
  }

  private void settings(ExportedSnapshot snapshot) throws IOException {
    byte[] json = SourceSettings.inSnapshot(workspace.source(), snapshot.id()).json();
    workspace.dump().raw(DumpDirectory.SETTINGS, new ByteArrayInputStream(json));
    workspace.dump().publish(DumpDirectory.SETTINGS);
  }

  SchemaDump schema(String section, String file, ExportedSnapshot snapshot)
      throws IOException, InterruptedException {
    // Before the rows are loaded they are ordinary tables.
    Set<TableName> hypertables =
        section.equals("post-data")
            ? workspace.pipeline().hypertables().stream()
                .map(Hypertable::table)
                .collect(Collectors.toSet())
            : Set.of();
    Set<ConstraintName> later =
        section.equals("post-data") && isTimescale() ? keysToHypertables() : Set.of();
    RewriteRules rules =
        new RewriteRules(
            hypertables,
            Extensions.SOURCE_ONLY,
            workspace.target().majorVersion(),
            RoleMapping.owners(
                workspace.source().address().user(), workspace.target().address().user()),
            later,
            workspace.merger());
    List<SchemaDump> result = new ArrayList<>();
    run(
        "pg_dump",
        sectionCommand(section, snapshot.id()),
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

  private Set<ConstraintName> keysToHypertables() {
    try (Session source = workspace.source().connect(ID)) {
      return Set.copyOf(HypertableKeys.of(source));
    }
  }

  private DataDump data(ExportedSnapshot snapshot, long estimate, StepContext context)
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
    InputStream jobs = isTimescale() ? jobs(snapshot) : InputStream.nullInputStream();
    Ticker ticker = Ticker.start("dump-progress", Duration.ofSeconds(1), tell);
    List<CommandLine> commands = dataCommands(snapshot.id());
    try {
      if (commands.size() > 1) {
        run("pg_dump", commands.get(0), StandardOutput.lines(line -> {}));
      }
      run(
          commands.size() > 1 ? "pg_restore" : "pg_dump",
          commands.get(commands.size() - 1),
          output ->
              result.add(
                  workspace
                      .dump()
                      .data(
                          DumpDirectory.DATA,
                          new SequenceInputStream(output, jobs),
                          workspace.merger(),
                          name -> table.set(name.toString()))));
    } finally {
      ticker.close();
      workspace.dump().removeArchive();
    }
    workspace.dump().publish(DumpDirectory.DATA);
    return result.get(0);
  }

  private List<String> sectionArguments(String section, String snapshot) {
    List<String> arguments = new ArrayList<>(COMMON);
    arguments.add("--lock-wait-timeout=%ds".formatted(transfer().lockWaitSeconds()));
    arguments.add("--section=" + section);
    arguments.add("--snapshot=" + snapshot);
    if (section.equals("data")) {
      for (String pattern : TimescaleDump.excludedData(workspace.source(), workspace.guide())) {
        arguments.add("--exclude-table-data=" + pattern);
      }
    } else {
      // Statements go to the target one by one, through a driver that speaks this encoding alone.
      arguments.add("--encoding=UTF8");
    }
    return arguments;
  }

  private Transfer transfer() {
    return workspace.pipeline().transfer();
  }

  private InputStream jobs(ExportedSnapshot snapshot) {
    return TimescaleDump.jobs(
        workspace.source(), workspace.target(), workspace.jobs(), snapshot.id());
  }

  private CommandLine command(String program, List<String> arguments) {
    // The text's rules on backslashes are the scanner's, whatever the database's own setting is.
    return workspace
        .programs()
        .command(workspace.source(), program, ID, "-c standard_conforming_strings=on", arguments);
  }

  private void run(String program, CommandLine command, StandardOutput output)
      throws IOException, InterruptedException {
    ProcessResult result =
        workspace.processes().run(command, workspace.directory().toolLog(ID), output);
    if (!result.succeeded()) {
      DatabaseAddress address = workspace.source().address();
      throw ToolErrors.failed(
          Side.SOURCE,
          "dumping the source %s:%d/%s"
              .formatted(address.host(), address.port(), address.database()),
          program,
          result);
    }
  }

  private void refuseOtherSchema(SchemaDump preData, SchemaDump postData) {
    Optional<String> loaded = workspace.ledger().detail("pre-data");
    if (loaded.isPresent() && !loaded.get().equals(schemaDigest(preData, postData))) {
      throw new MigrationException(
          ErrorCode.STATE_MISMATCH,
          "dumping the source again: its schema is no longer the one that is loaded on the target (%s then, %s now)"
              .formatted(loaded.get(), schemaDigest(preData, postData)),
          "empty the target, its schema tsferry too, and begin anew");
    }
  }
}
