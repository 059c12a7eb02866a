package dev.tsferry.runner.step;

import dev.tsferry.plan.DataMode;
import dev.tsferry.plan.Transfer;
import dev.tsferry.runner.postgres.Session;
import dev.tsferry.runner.process.CommandLine;
import dev.tsferry.runner.timescaledb.TimescaleDump;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command lines that dump the source. */
final class DumpCommands {
  // An archive keeps what pg_dump was told to leave out, a large object's owner, say: both are
  // told.
  private static final List<String> LEFT_OUT =
      List.of(
          "--no-tablespaces",
          "--no-owner",
          "--no-privileges",
          "--no-publications",
          "--no-subscriptions",
          "--no-security-labels");

  // An archive is read once more on the same machine.
  private static final String UNCOMPRESSED = "--compress=0";

  private final Workspace workspace;

  DumpCommands(Workspace workspace) {
    this.workspace = workspace;
  }

  CommandLine roles() {
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

  /** The line that makes an archive of the schema: one look at the catalogue for all of it. */
  CommandLine schema(String snapshot) {
    List<String> arguments = arguments("custom", snapshot);
    arguments.add("--section=pre-data");
    arguments.add("--section=post-data");
    // Statements go to the target one by one, through a driver that speaks this encoding alone.
    arguments.add("--encoding=UTF8");
    arguments.add(UNCOMPRESSED);
    return command("pg_dump", arguments);
  }

  /** The line that writes a section of the schema's archive as text. */
  CommandLine section(String section) {
    return text("custom", section, workspace.dump().schemaArchive());
  }

  /**
   * The lines that dump the rows, or large objects alone in data mode stream. Where these are all
   * and there are none, the schema's archive has what stands around them.
   */
  List<CommandLine> data(String snapshot, boolean largeObjects) {
    boolean streams = workspace.pipeline().dataMode() == DataMode.STREAM;
    if (streams && !largeObjects) {
      return List.of(section("data"));
    }
    List<String> arguments = arguments(transfer().parallel() ? "directory" : "plain", snapshot);
    arguments.add("--section=data");
    if (streams) {
      // Leaves out the values of sequences too.
      arguments.add("--exclude-table-data=*.*");
      arguments.add("--encoding=UTF8");
    } else {
      for (String pattern : TimescaleDump.excludedData(workspace.source(), workspace.guide())) {
        arguments.add("--exclude-table-data=" + pattern);
      }
    }
    if (!transfer().parallel()) {
      return List.of(command("pg_dump", arguments));
    }
    Path archive = workspace.dump().archive();
    arguments.add("--jobs=" + transfer().jobs());
    arguments.add(UNCOMPRESSED);
    arguments.add("--file=" + archive);
    return List.of(command("pg_dump", arguments), text("directory", "data", archive));
  }

  /** The rows of TimescaleDB's own catalogue, in an order that its foreign keys allow. */
  CommandLine catalogue(String snapshot) {
    List<String> arguments = arguments("plain", snapshot);
    arguments.add("--section=data");
    arguments.add("--encoding=UTF8");
    try (Session source = workspace.source().visit(DumpStep.ID)) {
      TimescaleDump.catalogue(source).forEach(table -> arguments.add("--table=" + table.quoted()));
    }
    return command("pg_dump", arguments);
  }

  /** The schema with owners and privileges, for a dry run. */
  CommandLine owners(String snapshot) {
    return command(
        "pg_dump",
        List.of(
            "--format=plain",
            "--schema-only",
            "--quote-all-identifiers",
            "--no-publications",
            "--no-subscriptions",
            "--encoding=UTF8",
            "--snapshot=" + snapshot));
  }

  private List<String> arguments(String format, String snapshot) {
    List<String> arguments = new ArrayList<>();
    arguments.add("--format=" + format);
    arguments.add("--quote-all-identifiers");
    arguments.addAll(LEFT_OUT);
    arguments.add("--lock-wait-timeout=%ds".formatted(transfer().lockWaitSeconds()));
    arguments.add("--snapshot=" + snapshot);
    return arguments;
  }

  private CommandLine text(String format, String section, Path archive) {
    List<String> arguments = new ArrayList<>();
    arguments.add("--format=" + format);
    arguments.add("--section=" + section);
    arguments.addAll(LEFT_OUT);
    arguments.add("--file=-");
    arguments.add(archive.toString());
    return workspace.programs().command("pg_restore", arguments);
  }

  private Transfer transfer() {
    return workspace.pipeline().transfer();
  }

  private CommandLine command(String program, List<String> arguments) {
    // The text's rules on backslashes are the scanner's, whatever the database's own setting is.
    // Questions to the catalogue take longer to compile than to answer.
    return workspace
        .programs()
        .command(
            workspace.source(),
            program,
            DumpStep.ID,
            "-c standard_conforming_strings=on -c jit=off",
            arguments);
  }
}
