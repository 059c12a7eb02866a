package dev.tsferry.lab.judge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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
  private static final Pattern SETTING_OF_ROLE =
      Pattern.compile("\"setting of role (.*?)(?: in the database)?\"");
  private static final Pattern SETTING = Pattern.compile("^\"([^=]+)=");
  private static final Pattern PRIVILEGE_ON =
      Pattern.compile(
          "^(?:GRANT|REVOKE) .*?\\b(ON [A-Z ]+ .*?) (?:TO|FROM) (.*?)(?: WITH GRANT OPTION)?;$");
  private static final String ROLES_LEFT_OUT = "the plan leaves these roles out";
  private static final String CHUNK_PRIVILEGES = "these chunks have other privileges";

  private final Set<String> statements = new HashSet<>();
  private final List<Announced> objects = new ArrayList<>();
  private final List<String> notices = new ArrayList<>();
  private final String handover;
  private Owners owners = new Owners(Map.of());
  private Parts parts = new Parts(Map.of());

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
    List<String> all = new ArrayList<>(announcements.statements);
    announcements.handover.lines().forEach(all::add);
    announcements.owners = Owners.of(all);
    return announcements;
  }

  /** The same, knowing what goes with what. */
  Announcements with(Parts known) {
    parts = known;
    return this;
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
    Optional<String> owner = owners.explain(plain, parts);
    if (owner.isPresent()) {
      return owner;
    }
    Matcher privilege = PRIVILEGE_ON.matcher(plain);
    if (privilege.find()) {
      Optional<String> handedOver = privilege(privilege.group(1), unquoted(privilege.group(2)));
      if (handedOver.isPresent()) {
        return handedOver;
      }
    }
    return objects.stream()
        .filter(object -> names(thing, plain, object))
        .map(object -> "%s %s: %s".formatted(object.kind(), object.name(), object.because()))
        .findFirst();
  }

  private Optional<String> privilege(String on, String grantee) {
    if (handover
        .lines()
        .map(PRIVILEGE_ON::matcher)
        .anyMatch(
            line ->
                line.find()
                    && line.group(1).equals(on)
                    && unquoted(line.group(2)).equals(grantee))) {
      return Optional.of("privileges handed over %s of %s".formatted(on, grantee));
    }
    return notices.stream()
        .filter(notice -> notice.contains(CHUNK_PRIVILEGES))
        .filter(notice -> lists(notice, unquoted(on.substring("ON TABLE ".length()))))
        .findFirst();
  }

  // Roles, memberships and settings are lists of our own; statements name each role in quotes.
  private Optional<String> role(String thing, String value) {
    Matcher member = MEMBER.matcher(thing);
    if (member.matches()) {
      if (member.group(1).equals("tsdbadmin")) {
        return Optional.of("the target's user becomes a member of the roles that it makes");
      }
      return leftOut(member.group(1))
          .or(() -> leftOut(member.group(2)))
          .or(() -> named("GRANT ", '"' + member.group(1) + '"', '"' + member.group(2) + '"'));
    }
    Matcher role = ROLE.matcher(thing);
    if (role.matches()) {
      return leftOut(role.group(1)).or(() -> named("ROLE ", '"' + role.group(1) + '"', ""));
    }
    Matcher ofRole = SETTING_OF_ROLE.matcher(thing);
    if (ofRole.matches() && leftOut(ofRole.group(1)).isPresent()) {
      return leftOut(ofRole.group(1));
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

  private Optional<String> leftOut(String role) {
    return notices.stream()
        .filter(notice -> notice.startsWith(ROLES_LEFT_OUT) && lists(notice, role))
        .findFirst();
  }

  // A list of names after a colon, each as the server quotes it.
  private static boolean lists(String notice, String name) {
    return Pattern.compile("[:,] " + Pattern.quote(name) + "(?:[,;]|$)")
        .matcher(unquoted(notice))
        .find();
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

  static String unquoted(String text) {
    return text.replace("\"", "");
  }

  private static String plain(String statement) {
    return statement.replaceAll("\\s+", " ").strip();
  }
}
