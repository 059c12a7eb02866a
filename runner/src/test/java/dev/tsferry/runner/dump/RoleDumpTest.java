package dev.tsferry.runner.dump;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tsferry.plan.report.MigrationReport.StatementChange;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoleDumpTest {
  private static final RoleRules RULES =
      new RoleRules(
          Set.of("postgres", "tsdbadmin", "orders_admin"), Set.of("already there"), false);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE ROLE \"orders_admin\";",
        "ALTER ROLE \"postgres\" WITH SUPERUSER LOGIN;",
        "CREATE ROLE \"rdsadmin\";",
        "ALTER ROLE \"rds_superuser\" WITH NOLOGIN;",
        "GRANT \"rds_superuser\" TO \"alice\" GRANTED BY \"rdsadmin\";",
        "GRANT \"pg_monitor\" TO \"rds_superuser\" WITH ADMIN OPTION GRANTED BY \"rdsadmin\";",
        "GRANT \"alice\" TO \"orders_admin\" WITH ADMIN OPTION, INHERIT FALSE, SET FALSE GRANTED BY \"rdsadmin\";",
        "GRANT SET ON PARAMETER \"work_mem\" TO \"rds_superuser\";",
        "COMMENT ON ROLE \"rdsadmin\" IS 'x';",
        "ALTER ROLE \"postgres\" SET \"work_mem\" TO '1MB';",
        "CREATE ROLE \"already there\";",
        "ALTER ROLE \"already there\" WITH LOGIN;"
      })
  void translate_rolesOfThePlatformAndTheOwners_areDroppedAndReported(String statement)
      throws IOException {
    RoleDump roles = translate(statement);
    assertThat(roles.statements()).isEmpty();
    assertThat(roles.changes())
        .extracting(StatementChange::kind, StatementChange::statement)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(StatementChange.Kind.DROPPED, statement));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE ROLE \"rds_reporting\";",
        "CREATE ROLE \"SUPERUSER\";",
        "CREATE ROLE \"Weird \"\"Role\";",
        "COMMENT ON ROLE \"a\" IS 'NOSUPERUSER; GRANTED BY \"b\"';",
        "ALTER ROLE \"a\" SET \"search_path\" TO 'NOREPLICATION', 'b';",
        "GRANT \"pg_read_all_data\" TO \"a\";"
      })
  void translate_rolesOfTheUser_areKept(String statement) throws IOException {
    RoleDump roles = translate(statement);
    assertThat(roles.statements()).containsExactly(statement);
    assertThat(roles.changes()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "NOSUPERUSER INHERIT NOCREATEROLE NOCREATEDB LOGIN NOREPLICATION NOBYPASSRLS | INHERIT NOCREATEROLE LOGIN | ''",
        "NOSUPERUSER NOINHERIT CREATEDB NOLOGIN CONNECTION LIMIT 5 VALID UNTIL 'infinity' | NOINHERIT NOLOGIN CONNECTION LIMIT 5 VALID UNTIL 'infinity' | CREATEDB",
        "SUPERUSER INHERIT REPLICATION BYPASSRLS | INHERIT | SUPERUSER REPLICATION BYPASSRLS"
      })
  void translate_attributesThatNeedASuperuser_areTakenOut(
      String attributes, String rest, String lost) throws IOException {
    RoleDump roles = translate("ALTER ROLE \"NOSUPERUSER\" WITH " + attributes + ";");
    assertThat(roles.statements()).containsExactly("ALTER ROLE \"NOSUPERUSER\" WITH " + rest + ";");
    assertThat(roles.changes())
        .extracting(StatementChange::reason)
        .isEqualTo(
            lost.isEmpty()
                ? java.util.List.of()
                : java.util.List.of("the target's user may not give " + lost));
  }

  @Test
  void translate_settingsOfTheOwner_areForTheTargetsUserToRun() throws IOException {
    RoleDump roles =
        translate(
            """
            ALTER ROLE "orders_admin" SET "search_path" TO E'a\\\\"b', 'public';
            ALTER ROLE "orders_admin" WITH LOGIN;
            ALTER ROLE "rdsadmin" SET "work_mem" TO '1MB';
            ALTER ROLE "b" SET "work_mem" TO '1MB';
            """);
    assertThat(roles.ownSettings())
        .containsExactly("ALTER ROLE CURRENT_USER SET \"search_path\" TO E'a\\\\\"b', 'public';");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GRANT \"a\" TO \"b\" GRANTED BY \"Weird \"\"Role\"; | GRANT \"a\" TO \"b\";",
        "GRANT \"a\" TO \"b\" WITH ADMIN OPTION GRANTED BY \"c\"; | GRANT \"a\" TO \"b\" WITH ADMIN OPTION;",
        "GRANT \"a\" TO \"GRANTED BY\"; | GRANT \"a\" TO \"GRANTED BY\";"
      })
  void translate_grantor_isTakenOut(String statement, String expected) throws IOException {
    assertThat(translate(statement).statements()).containsExactly(expected);
  }

  @Test
  void translate_rolesThatLogInOrLookLikeRds_areNamed() throws IOException {
    RoleDump roles =
        translate(
            """
            SET client_encoding = 'UTF8';
            CREATE ROLE "rds_😀";
            ALTER ROLE "rds_😀" WITH NOSUPERUSER LOGIN;
            CREATE ROLE "b";
            ALTER ROLE "b" WITH NOLOGIN;
            """);
    assertThat(roles.logins()).containsExactly("rds_😀");
    assertThat(roles.kept()).containsExactly("rds_😀");
    assertThat(roles.changes()).isEmpty();
  }

  private static RoleDump translate(String statements) throws IOException {
    String dump = statements + "\n-- PostgreSQL database cluster dump complete\n";
    return RoleDump.translate(
        "roles", new ByteArrayInputStream(dump.getBytes(StandardCharsets.UTF_8)), RULES);
  }
}
