package dev.tsferry.cli.command;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Help;
import picocli.CommandLine.IHelpSectionRenderer;
import picocli.CommandLine.Model.CommandSpec;

/** The list of commands in the help, grouped by when in a migration they are needed. */
public final class CommandGroups implements IHelpSectionRenderer {
  private static final int NAME_WIDTH = 12;

  private static final Map<String, List<String>> GROUPS = new LinkedHashMap<>();

  static {
    GROUPS.put("Prepare", List.of("doctor", "plan", "up", "secret", "check"));
    GROUPS.put("Migrate", List.of("run", "migrate", "pause", "resume", "cancel", "passwords"));
    GROUPS.put("Observe", List.of("status", "follow", "report", "compare"));
    GROUPS.put("Clean up", List.of("extend", "rollback", "down"));
    GROUPS.put("Shell", List.of("completion"));
  }

  @Override
  public String render(Help help) {
    StringBuilder text = new StringBuilder();
    for (Map.Entry<String, List<String>> group : GROUPS.entrySet()) {
      text.append("%n%s:%n".formatted(group.getKey()));
      for (String name : group.getValue()) {
        Help command = help.subcommands().get(name);
        if (command != null) {
          text.append(line(command.commandSpec()));
        }
      }
    }
    return text.toString();
  }

  private static String line(CommandSpec command) {
    return "  %s%s%n"
        .formatted(padded(command.name()), String.join(" ", command.usageMessage().description()));
  }

  private static String padded(String name) {
    return name + " ".repeat(Math.max(1, NAME_WIDTH - name.length()));
  }
}
