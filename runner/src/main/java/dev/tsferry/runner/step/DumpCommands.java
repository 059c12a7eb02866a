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

  CommandLine section(String section, String snapshot) {
    return command("pg_dump", sectionArguments(section, snapshot));
  }

  /** The lines that dump the rows. */
  List<CommandLine> data(String snapshot) {
    if (!transfer().parallel()) {
      return List.of(section("data", snapshot));
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
                // An archive keeps what pg_dump was told to leave out: a large object's owner, say.
                List.of(
                    "--format=directory",
                    "--section=data",
                    "--no-owner",
                    "--no-privileges",
                    "--no-security-labels",
                    "--file=-",
                    archive.toString())));
  }

  /** The rows of TimescaleDB's own catalogue, in an order that its foreign keys allow. */
  CommandLine catalogue(String snapshot) {
    List<String> arguments = new ArrayList<>(COMMON);
    arguments.add("--lock-wait-timeout=%ds".formatted(transfer().lockWaitSeconds()));
    arguments.add("--section=data");
    arguments.add("--snapshot=" + snapshot);
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

  private List<String> sectionArguments(String section, String snapshot) {
    List<String> arguments = new ArrayList<>(COMMON);
    arguments.add("--lock-wait-timeout=%ds".formatted(transfer().lockWaitSeconds()));
    arguments.add("--section=" + section);
    arguments.add("--snapshot=" + snapshot);
    if (section.equals("data") && workspace.pipeline().dataMode() == DataMode.STREAM) {
      // Leaves out the values of sequences too.
      arguments.add("--exclude-table-data=*.*");
      arguments.add("--encoding=UTF8");
    } else if (section.equals("data")) {
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

  private CommandLine command(String program, List<String> arguments) {
    // The text's rules on backslashes are the scanner's, whatever the database's own setting is.
    return workspace
        .programs()
        .command(
            workspace.source(),
            program,
            DumpStep.ID,
            "-c standard_conforming_strings=on",
            arguments);
  }
}
