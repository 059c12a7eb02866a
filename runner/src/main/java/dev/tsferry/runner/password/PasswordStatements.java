package dev.tsferry.runner.password;

import dev.tsferry.runner.postgres.ServerErrors;
import dev.tsferry.runner.postgres.Session;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.postgresql.util.PasswordUtil;

/**
 * Gives roles their passwords as SCRAM verifiers, which are computed here: neither the server nor
 * its log ever sees a password.
 *
 * <pre>
 * ALTER ROLE "alice" PASSWORD 'SCRAM-SHA-256$4096:…$…:…'
 * </pre>
 *
 * @see <a href="https://www.postgresql.org/docs/current/catalog-pg-authid.html">pg_authid</a>
 */
public final class PasswordStatements {
  private static final String DOING = "setting passwords on the target";

  private final Session target;

  /**
   * @param target its server quotes the names
   */
  public PasswordStatements(Session target) {
    this.target = target;
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
   * Sets each password, in a transaction of its own.
   *
   * @return roles that were refused, with the server's reason
   */
  public Map<String, String> apply(RolePasswords passwords) {
    Map<String, String> refused = new LinkedHashMap<>();
    target.work(
        DOING,
        connection -> {
          for (String role : passwords.roles()) {
            try {
              target.executeRaw(statement(connection, role, passwords.of(role)));
            } catch (SQLException e) {
              refused.put(role, ServerErrors.message(e));
            }
          }
        });
    return refused;
  }

  /**
   * Writes the statements as a script, for its owner only: a verifier is no password, but lets
   * others guess at one.
   */
  public void writeScript(RolePasswords passwords, Path file) throws IOException {
    List<String> statements = new ArrayList<>();
    target.work(
        DOING,
        connection -> {
          for (String role : passwords.roles()) {
            statements.add(statement(connection, role, passwords.of(role)) + ";\n");
          }
        });
    RolePasswords.writeSecretly(file, String.join("", statements));
  }

  private static String statement(Connection connection, String role, Password password)
      throws SQLException {
    String verifier = PasswordUtil.encodeScramSha256(password.value().toCharArray());
    try (PreparedStatement query =
        connection.prepareStatement(
            "select format('ALTER ROLE %I PASSWORD %L', ?::text, ?::text)")) {
      query.setString(1, role);
      query.setString(2, verifier);
      try (ResultSet row = query.executeQuery()) {
        row.next();
        return row.getString(1);
      }
    }
  }
}
