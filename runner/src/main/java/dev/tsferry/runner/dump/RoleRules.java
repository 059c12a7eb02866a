package dev.tsferry.runner.dump;

import dev.tsferry.plan.report.MigrationReport.StatementChange;
import dev.tsferry.runner.dump.SqlTokens.Kind;
import dev.tsferry.runner.dump.SqlTokens.Token;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What is done with each statement of pg_dumpall's roles, on a target whose user is no superuser.
 *
 * <p>The guide drops every role whose name begins with {@code rds}; that loses a customer's own
 * {@code rds_reporting}, so only the roles that RDS itself makes are dropped here.
 *
 * @param owners roles that stand for the owner of either side and are not created
 * @param existing roles that the target has already
 * @param mayGiveCreatedb whether the target's user may set CREATEDB or NOCREATEDB
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Appendix.PostgreSQL.CommonDBATasks.Roles.html">RDS's
 *     roles</a>
 */
public record RoleRules(Set<String> owners, Set<String> existing, boolean mayGiveCreatedb) {
  /** The roles that RDS and Aurora make. */
  public static final Set<String> RDS_ROLES =
      Set.of(
          "rdsadmin",
          "rds_ad",
          "rds_extension",
          "rds_iam",
          "rds_password",
          "rds_replication",
          "rds_reserved",
          "rds_superuser",
          "rdsproxyadmin",
          "rdsrepladmin",
          "rdstopmgr",
          "rdswriteforwarduser");

  private static final Set<String> SUPERUSER_ATTRIBUTES =
      Set.of("superuser", "replication", "bypassrls");
  private static final int ALL = Integer.MAX_VALUE;

  public RoleRules {
    owners = Set.copyOf(owners);
    existing = Set.copyOf(existing);
  }

  /**
   * What becomes of a statement.
   *
   * @param statement what is executed
   * @param kind what the report says, or null for nothing
   * @param login the role, if it logs in
   * @param kept the role, if only the guide's rule would have dropped it
   */
  record Verdict(
      Optional<String> statement,
      StatementChange.Kind kind,
      String reason,
      Optional<String> login,
      Optional<String> kept) {

    static Verdict keep(String statement) {
      return new Verdict(Optional.of(statement), null, null, Optional.empty(), Optional.empty());
    }

    static Verdict silently() {
      return new Verdict(Optional.empty(), null, null, Optional.empty(), Optional.empty());
    }

    static Verdict drop(String reason) {
      return new Verdict(
          Optional.empty(),
          StatementChange.Kind.DROPPED,
          reason,
          Optional.empty(),
          Optional.empty());
    }

    static Verdict change(String statement, String reason) {
      return new Verdict(
          Optional.of(statement),
          StatementChange.Kind.CHANGED,
          reason,
          Optional.empty(),
          Optional.empty());
    }

    Verdict ofLogin(String role) {
      return new Verdict(statement, kind, reason, Optional.of(role), kept);
    }

    Verdict ofKept(String role) {
      return new Verdict(statement, kind, reason, login, Optional.of(role));
    }
  }

  /** The roles that stand for the owner of either side and are not created. */
  public static Set<String> ownersOf(String sourceUser, String targetUser) {
    return new HashSet<>(List.of("postgres", "tsdbadmin", sourceUser, targetUser));
  }

  /**
   * A setting of a role that stands for an owner, as the target's user would make it for itself.
   */
  Optional<String> ownSetting(String statement) {
    List<Token> tokens = SqlTokens.of(statement, ALL);
    boolean setting =
        RewriteRules.starts(tokens, "alter", "role")
            && owners.contains(tokens.get(2).value())
            && !RDS_ROLES.contains(tokens.get(2).value())
            && !tokens.get(3).is("with");
    return setting
        ? Optional.of("ALTER ROLE CURRENT_USER" + statement.substring(tokens.get(2).end()))
        : Optional.empty();
  }

  Verdict judge(String statement) {
    List<Token> tokens = SqlTokens.of(statement, ALL);
    if (RewriteRules.starts(tokens, "create", "role")) {
      return create(statement, tokens.get(2).value());
    }
    if (RewriteRules.starts(tokens, "alter", "role")) {
      return alter(statement, tokens);
    }
    if (RewriteRules.starts(tokens, "comment", "on", "role")) {
      return dropReason(tokens.get(3).value()).map(Verdict::drop).orElse(Verdict.keep(statement));
    }
    if (RewriteRules.starts(tokens, "grant")) {
      return grant(statement, tokens);
    }
    if (RewriteRules.starts(tokens, "set")) {
      return Verdict.silently();
    }
    return Verdict.drop("not a statement about roles");
  }

  private Verdict create(String statement, String role) {
    Optional<String> reason = dropReason(role);
    if (reason.isPresent()) {
      return Verdict.drop(reason.get());
    }
    if (existing.contains(role)) {
      return Verdict.drop("the target has the role already");
    }
    Verdict kept = Verdict.keep(statement);
    return role.startsWith("rds") ? kept.ofKept(role) : kept;
  }

  private Verdict alter(String statement, List<Token> tokens) {
    String role = tokens.get(2).value();
    Optional<String> reason = dropReason(role);
    if (reason.isPresent()) {
      return Verdict.drop(reason.get());
    }
    if (!tokens.get(3).is("with")) {
      return Verdict.keep(statement);
    }
    if (existing.contains(role)) {
      return Verdict.drop("the target has the role already, with attributes of its own");
    }
    Verdict verdict = attributes(statement, tokens);
    return tokens.stream().anyMatch(token -> token.is("login")) ? verdict.ofLogin(role) : verdict;
  }

  private Verdict attributes(String statement, List<Token> tokens) {
    Set<String> refused = new HashSet<>(SUPERUSER_ATTRIBUTES);
    if (!mayGiveCreatedb) {
      refused.add("createdb");
    }
    StringBuilder rest = new StringBuilder(statement);
    StringBuilder lost = new StringBuilder();
    for (int i = tokens.size() - 1; i > 3; i--) {
      Token token = tokens.get(i);
      boolean word = token.kind() == Kind.WORD;
      String positive =
          word && token.value().startsWith("no") ? token.value().substring(2) : token.value();
      if (word && refused.contains(positive)) {
        rest.delete(token.start() - 1, token.end());
        if (positive.equals(token.value())) {
          lost.insert(0, " " + positive.toUpperCase(Locale.ROOT));
        }
      }
    }
    return lost.isEmpty()
        ? Verdict.keep(rest.toString())
        : Verdict.change(rest.toString(), "the target's user may not give" + lost);
  }

  private Verdict grant(String statement, List<Token> tokens) {
    boolean ofRole = tokens.get(1).kind() == Kind.NAME && tokens.get(2).is("to");
    String member = ofRole ? tokens.get(3).value() : lastNameAfterTo(tokens);
    if (ofRole && owners.contains(member) && dropReason(tokens.get(1).value()).isEmpty()) {
      return Verdict.drop(
          "the target's user takes the place of the source's, in the step settings");
    }
    for (String role : ofRole ? List.of(tokens.get(1).value(), member) : List.of(member)) {
      Optional<String> reason = dropReason(role);
      if (reason.isPresent()) {
        return Verdict.drop(reason.get());
      }
    }
    for (int i = 0; i + 2 < tokens.size(); i++) {
      if (tokens.get(i).is("granted") && tokens.get(i + 1).is("by")) {
        return Verdict.keep(statement.substring(0, tokens.get(i).start() - 1) + ";");
      }
    }
    return Verdict.keep(statement);
  }

  // GRANT SET ON PARAMETER "work_mem" TO "role";
  private static String lastNameAfterTo(List<Token> tokens) {
    for (int i = tokens.size() - 2; i > 0; i--) {
      if (tokens.get(i).is("to")) {
        return tokens.get(i + 1).value();
      }
    }
    return "";
  }

  private Optional<String> dropReason(String role) {
    if (RDS_ROLES.contains(role)) {
      return Optional.of("a role of RDS itself");
    }
    if (owners.contains(role)) {
      return Optional.of("stands for the owner of the database, which the target has already");
    }
    return Optional.empty();
  }
}
