package dev.tsferry.runner.password;

import static java.util.Objects.requireNonNull;

import dev.tsferry.runner.postgres.ServerErrors;
import dev.tsferry.runner.postgres.Session;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.postgresql.core.Utils;

/**
 * Gives roles their passwords as SCRAM verifiers, so that neither the server nor its log ever sees
 * a password.
 *
 * <pre>
 * ALTER ROLE "alice" PASSWORD 'SCRAM-SHA-256$4096:…$…:…'
 * </pre>
 */
public final class PasswordStatements {
  private static final String DOING = "setting passwords on the target";

  private final Session target;

  public PasswordStatements(Session target) {
    this.target = requireNonNull(target, "target is null");
  }

  /**
   * The roles that log in and whose password the target's user may set; whether they have one, only
   * a superuser could tell.
   */
  public List<String> loginRoles() {
    return target.list(
        "listing roles that log in to the target",
        """
        select rolname from pg_catalog.pg_roles
         where rolcanlogin and not rolsuper and rolname <> current_user and rolname !~ '^pg_'
           and (pg_catalog.pg_has_role(current_user, oid, 'MEMBER WITH ADMIN OPTION')
                or current_setting('server_version_num')::int < 160000)
         order by 1
        """,
        row -> row.getString(1));
  }

  /**
   * Sets each password, in a transaction of its own; the same again changes nothing.
   *
   * @return roles that were refused, with the server's reason
   */
  public Map<String, String> apply(RoleVerifiers verifiers) {
    Map<String, String> refused = new LinkedHashMap<>();
    target.work(
        DOING,
        connection -> {
          for (RoleVerifiers.Entry entry : verifiers.roles()) {
            try {
              target.executeRaw(statement(entry));
            } catch (SQLException e) {
              refused.put(entry.role(), ServerErrors.message(e));
            }
          }
        });
    return refused;
  }

  /**
   * Writes the statements as a script, for its owner only: a verifier is no password, but lets
   * others guess at one.
   */
  public static void writeScript(RoleVerifiers verifiers, Path file) throws IOException {
    StringBuilder script = new StringBuilder();
    try {
      for (RoleVerifiers.Entry entry : verifiers.roles()) {
        script.append(statement(entry)).append(";\n");
      }
    } catch (SQLException e) {
      throw new IOException(e.getMessage(), e);
    }
    RolePasswords.writeSecretly(file, script.toString());
  }

  // Quoted by the driver, which fails on what no server can hold.
  private static String statement(RoleVerifiers.Entry entry) throws SQLException {
    StringBuilder text = new StringBuilder("ALTER ROLE ");
    Utils.escapeIdentifier(text, entry.role());
    text.append(" PASSWORD '");
    Utils.escapeLiteral(text, entry.verifier(), true);
    return text.append('\'').toString();
  }
}
