package dev.tsferry.lab.judge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What the report of a run, and its handover script, say that the target has not or has in another
 * way.
 */
final class Announcements {
  private static final Pattern IDENTIFIER = Pattern.compile("\"(?:[^\"]|\"\")+\"|[^\".(), ]+");

  private static final Pattern ENCODING =
      Pattern.compile("^source( and target)?: .*(encoding|text sorts by)");
  private static final Pattern OWNER = Pattern.compile("^the source's database belongs to ");
  private static final Pattern MEMBER = Pattern.compile("\"member (.*) of (.*)\"");
  private static final Pattern ROLE = Pattern.compile("\"(?:comment on )?role (.*)\"");
  private static final Pattern SETTING = Pattern.compile("^\"([^=]+)=");
  private static final Pattern OWNED =
      Pattern.compile("^(?:ALTER TABLE|GRANT .* ON TABLE) (.*) (?:OWNER )?TO \"[^\"]*\";$");
  private static final Pattern PRIVILEGE_ON =
      Pattern.compile("^(?:GRANT|REVOKE) .*?\\b(ON) (.*?) (?:TO|FROM) ");

  private final Set<String> statements = new HashSet<>();
  private final List<Announced> objects = new ArrayList<>();
  private final List<String> notices = new ArrayList<>();
  private final String handover;

  private record Announced(String kind, String name, String because) {}

  private Announcements(String handover) {
    this.handover = handover.lines().map(Announcements::plain).collect(Collectors.joining("\n"));
  }

  /**
   * Reads {@code report.json} and, if there is one, {@code handover.sql}.
   *
   * @param state the state directory of the run
   */
  static Announcements of(Path state) throws IOException {
    Path script = state.resolve("handover.sql");
    Announcements announcements =
        new Announcements(Files.exists(script) ? Files.readString(script) : "");
    JsonNode report = new ObjectMapper().readTree(state.resolve("report.json").toFile());
    for (JsonNode change : report.path("changes")) {
      announcements.statements.add(plain(change.path("statement").asText()));
    }
    for (JsonNode difference : report.path("differences")) {
      if (!"WRONG".equals(difference.path("class").asText())) {
        announcements.objects.add(
            new Announced(
                difference.path("kind").asText(),
                allQuoted(difference.path("object").asText()),
                difference.path("reason").asText()));
      }
    }
    report.path("notices").forEach(notice -> announcements.notices.add(notice.asText()));
    return announcements;
  }

  /** Why a statement of a thing was to be expected to differ, if it was. */
  Optional<String> announced(String thing, String statement) {
    if (thing.startsWith("\"rows of ")) {
      String name = plainName(thing);
      Optional<String> notice =
          notices.stream().filter(n -> n.startsWith("materialized view " + name + " ")).findFirst();
      if (notice.isPresent()) {
        return notice;
      }
    }
    if (thing.startsWith("DATABASE -.") || thing.startsWith("ACL -.DATABASE")) {
      Pattern about =
          statement.contains("ENCODING") || statement.contains("client_encoding")
              ? ENCODING
              : OWNER;
      return notices.stream().filter(n -> about.matcher(n).find()).findFirst();
    }
    if (thing.startsWith("\"")) {
      Optional<String> role = role(thing, statement);
      if (role.isPresent()) {
        return role;
      }
    }
    String plain = plain(statement);
    String beginning = plain.substring(0, Math.min(plain.length(), 400));
    if (statements.stream()
        .anyMatch(
            one -> one.startsWith(beginning) || (one.length() > 60 && plain.startsWith(one)))) {
      return Optional.of("a statement that was left out or changed");
    }
    if (unquoted(handover).contains(unquoted(plain))) {
      return Optional.of("handed over");
    }
    Matcher owner = OWNED.matcher(plain);
    if (owner.find()
        && unquoted(handover).contains("ALTER TABLE " + unquoted(owner.group(1)) + " OWNER TO ")) {
      return Optional.of("the owner is handed over, and is granted what it may do");
    }
    Matcher privilege = PRIVILEGE_ON.matcher(plain);
    if (privilege.find()) {
      String on = privilege.group(1) + " " + privilege.group(2);
      if (handover.lines().anyMatch(line -> line.contains(on))) {
        return Optional.of("privileges handed over " + on);
      }
    }
    return objects.stream()
        .filter(object -> names(thing, plain, object))
        .map(object -> "%s %s: %s".formatted(object.kind(), object.name(), object.because()))
        .findFirst();
  }

  // Roles, memberships and settings are lists of our own; statements name each role in quotes.
  private Optional<String> role(String thing, String value) {
    Matcher member = MEMBER.matcher(thing);
    if (member.matches()) {
      if (member.group(1).equals("tsdbadmin")) {
        return Optional.of("the target's user becomes a member of the roles that it makes");
      }
      return named("GRANT ", '"' + member.group(1) + '"', '"' + member.group(2) + '"');
    }
    Matcher role = ROLE.matcher(thing);
    if (role.matches()) {
      return named("ROLE ", '"' + role.group(1) + '"', "");
    }
    Matcher setting = SETTING.matcher(value);
    if (thing.startsWith("\"setting of") && setting.find()) {
      String name = setting.group(1);
      return handover.contains(" SET " + name + " ") || handover.contains(" SET \"" + name + "\" ")
          ? Optional.of("the setting " + name + " is handed over")
          : named(" SET ", name, "");
    }
    return Optional.empty();
  }

  private Optional<String> named(String verb, String one, String other) {
    return statements.stream()
        .filter(s -> s.contains(verb) && s.contains(one) && s.contains(other))
        .findFirst();
  }

  private static boolean names(String thing, String statement, Announced object) {
    if (object.kind().equals("column") && statement.contains(" INHERITS (")) {
      String table = object.name().substring(0, object.name().lastIndexOf(".\""));
      return statement.startsWith("CREATE TABLE " + table + " (");
    }
    boolean table = object.kind().equals("table") || object.kind().equals("materialized view");
    return statement.contains(object.name())
        || (table
            && thing.startsWith("\"rows of ")
            && plainName(thing).equals(object.name().replace("\"", "")));
  }

  // "rows of public.\"of Base\"", which is JSON.
  private static String plainName(String thing) {
    return thing
        .substring("\"rows of ".length(), thing.length() - 1)
        .replace("\\\"", "")
        .replace("\"", "");
  }

  /** {@code public.ec1} as {@code "public"."ec1"}, and so on, up to an argument list. */
  static String allQuoted(String object) {
    String name = object.replaceFirst("\\(.*| USING .*", "").replaceFirst("^(\\S+) on (.*)$", "$1");
    StringBuilder quoted = new StringBuilder();
    Matcher identifier = IDENTIFIER.matcher(name);
    while (identifier.find()) {
      String one = identifier.group();
      quoted.append(quoted.isEmpty() ? "" : ".");
      quoted.append(one.startsWith("\"") ? one : '"' + one + '"');
    }
    return quoted.toString();
  }

  private static String unquoted(String text) {
    return text.replace("\"", "");
  }

  private static String plain(String statement) {
    return statement.replaceAll("\\s+", " ").strip();
  }
}
