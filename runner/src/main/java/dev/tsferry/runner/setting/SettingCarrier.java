package dev.tsferry.runner.setting;

import dev.tsferry.runner.handover.Attempts;
import dev.tsferry.runner.handover.Outcome;
import dev.tsferry.runner.handover.Refusal;
import dev.tsferry.runner.handover.TargetStatement;
import dev.tsferry.runner.postgres.Session;
import dev.tsferry.runner.privilege.RoleMapping;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Gives the target's database, whatever its name, the source's settings and comment. */
public final class SettingCarrier {
  private static final String STRANGER = "the target has no role of that name";

  // Each would hold for the migration's own next session too.
  private static final Map<String, String> NOT_FOR_ALL =
      Map.of(
          "role", "it would keep the migration's own sessions from ending it",
          "session_authorization", "it would keep the migration's own sessions from ending it",
          "default_transaction_read_only",
              "it would keep the migration's own sessions from ending it",
          "timescaledb.restoring", "it belongs to a restore, not to a database");

  private static final Map<String, String> NOT_AT_ALL =
      Map.of(
          "default_tablespace", "the target has one tablespace only",
          "temp_tablespaces", "the target has one tablespace only");

  private final Session target;
  private final RoleMapping roles;
  private final Outcome outcome;
  private final Runnable checkCancelled;

  public SettingCarrier(
      Session target, RoleMapping roles, Outcome outcome, Runnable checkCancelled) {
    this.target = target;
    this.roles = roles;
    this.outcome = outcome;
    this.checkCancelled = checkCancelled;
  }

  /**
   * Carries them in the caller's transaction.
   *
   * @return differences that are left without having been refused
   */
  public List<String> carry(Connection connection, SourceSettings source) throws SQLException {
    // The server stores a list of names as this has it.
    target.execute("preparing a session", "set quote_all_identifiers = off");
    List<TargetStatement> statements = new ArrayList<>();
    Set<Setting> expected = new HashSet<>();
    for (Setting setting : source.settings()) {
      if (setting.role().isEmpty() || !roles.isPlatforms(setting.role())) {
        add(connection, setting, statements, expected);
      }
    }
    comment(connection, source.databaseComment()).ifPresent(statements::add);
    List<Refusal> refused = new Attempts(connection, checkCancelled).run(statements);
    refused.forEach(outcome::refused);
    return refused.isEmpty() ? missing(expected) : List.of();
  }

  private void add(
      Connection connection,
      Setting setting,
      List<TargetStatement> statements,
      Set<Setting> expected)
      throws SQLException {
    Optional<String> role = setting.role().isEmpty() ? Optional.of("") : roles.of(setting.role());
    TargetStatement statement =
        TargetStatement.of(statement(connection, setting, role.orElse(setting.role())));
    Optional<String> reason = reasonAgainst(setting, role);
    if (reason.isPresent()) {
      outcome.dropped(statement, reason.get());
    } else {
      statements.add(statement);
      expected.add(new Setting(role.orElseThrow(), setting.name(), setting.value()));
    }
  }

  private Optional<String> reasonAgainst(Setting setting, Optional<String> role) {
    String name = setting.name().toLowerCase(Locale.ROOT);
    if (role.isEmpty()) {
      return Optional.of(STRANGER);
    }
    if (NOT_AT_ALL.containsKey(name)) {
      return Optional.of(NOT_AT_ALL.get(name));
    }
    if (setting.role().isEmpty()) {
      return Optional.ofNullable(NOT_FOR_ALL.get(name)).filter(r -> !setting.value().equals("off"));
    }
    return role.get().equals(roles.user())
        ? Optional.of(
            "it was meant for the source's user; the target's has settings of its service")
        : Optional.empty();
  }

  private static String statement(Connection connection, Setting setting, String role)
      throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            """
            select case when v.role = '' then format('ALTER DATABASE %I', current_database())
                        else format('ALTER ROLE %I IN DATABASE %I', v.role, current_database()) end
                   || format(' SET %I TO ', v.name)
                   || (select string_agg(quote_literal(e.element), ', ' order by e.place)
                         from pg_catalog.unnest(v.elements) with ordinality e(element, place))
              from (select ?::text as role, ?::text as name, ?::text[] as elements) v
            """)) {
      Array elements = connection.createArrayOf("text", setting.elements().toArray());
      query.setString(1, role);
      query.setString(2, setting.name());
      query.setArray(3, elements);
      try (ResultSet row = query.executeQuery()) {
        row.next();
        return row.getString(1);
      }
    }
  }

  private Optional<TargetStatement> comment(Connection connection, String comment)
      throws SQLException {
    String there = SettingCatalog.comment(target);
    if (comment == null || Objects.equals(comment, there)) {
      return Optional.empty();
    }
    TargetStatement statement;
    try (PreparedStatement query =
        connection.prepareStatement(
            "select format('COMMENT ON DATABASE %I IS %L', current_database(), ?::text)")) {
      query.setString(1, comment);
      try (ResultSet row = query.executeQuery()) {
        row.next();
        statement = TargetStatement.of(row.getString(1));
      }
    }
    if (there != null) {
      outcome.dropped(statement, "the target's database has a comment of its own");
      return Optional.empty();
    }
    return Optional.of(statement);
  }

  private List<String> missing(Set<Setting> expected) {
    Set<Setting> there = new HashSet<>(SettingCatalog.read(target));
    return expected.stream()
        .filter(setting -> !there.contains(setting))
        .map(
            setting ->
                "setting %s%s: is not %s on the target"
                    .formatted(
                        setting.name(),
                        setting.role().isEmpty() ? "" : " of " + setting.role(),
                        setting.value()))
        .sorted()
        .toList();
  }
}
