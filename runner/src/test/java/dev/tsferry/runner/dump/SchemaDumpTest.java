package dev.tsferry.runner.dump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tsferry.plan.TableName;
import dev.tsferry.plan.report.MigrationReport.StatementChange;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaDumpTest {
  private static final RewriteRules RULES =
      new RewriteRules(
          Set.of(new TableName("public", "reading"), new TableName("a\"b", "😀;")),
          Map.of("rds_tools", "it exists only on the source's platform"),
          16);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "CREATE POLICY \"master\" ON \"s\".\"to\" FOR SELECT TO \"a\", \"master\" USING ((\"x\" = 'TO \"master\"'::text)); | CREATE POLICY \"master\" ON \"s\".\"to\" FOR SELECT TO \"a\", CURRENT_USER USING ((\"x\" = 'TO \"master\"'::text));",
        "CREATE POLICY \"p\" ON \"s\".\"t\" TO \"other\" USING (true); | CREATE POLICY \"p\" ON \"s\".\"t\" TO \"other\" USING (true);"
      })
  void rewrite_policyForTheOwner_isForTheTargetsUser(String statement, String expected)
      throws IOException {
    RewriteRules rules =
        new RewriteRules(Set.of(), Map.of(), 17, Set.of("master"), Set.of(), Merger.NONE);
    assertThat(rewrite(statement, rules).text().strip()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "COMMENT ON EXTENSION \"x\" IS 'y'; | only an extension's owner may comment on it",
        "CREATE EXTENSION IF NOT EXISTS \"rds_tools\" WITH SCHEMA \"s\"; | the extension stays behind: it exists only on the source's platform",
        "CREATE EVENT TRIGGER \"e\" ON ddl_command_end EXECUTE FUNCTION \"f\"(); | event triggers need a superuser",
        "ALTER EVENT TRIGGER \"e\" DISABLE; | event triggers need a superuser",
        "COMMENT ON EVENT TRIGGER \"e\" IS 'x'; | event triggers need a superuser",
        "CREATE USER MAPPING FOR \"public\" SERVER \"s\"; | user mappings hold passwords, which are not carried",
        "SET transaction_timeout = 0; | servers before 17 don't know the setting"
      })
  void rewrite_whatTheTargetRefuses_isDroppedAndReported(String statement, String reason)
      throws IOException {
    Rewritten result = rewrite(statement);
    assertThat(result.text()).isEmpty();
    assertThat(result.dump().changes())
        .containsExactly(
            new StatementChange("pre-data", StatementChange.Kind.DROPPED, statement, reason));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE EXTENSION IF NOT EXISTS \"citext\" WITH SCHEMA \"public\";",
        "COMMENT ON TABLE \"t\" IS 'COMMENT ON EXTENSION';",
        "ALTER TABLE ONLY \"public\".\"other\" ADD CONSTRAINT \"c\" PRIMARY KEY (\"id\");",
        "ALTER TABLE ONLY \"public\".\"Reading\" ADD CONSTRAINT \"c\" PRIMARY KEY (\"id\");",
        "COMMENT ON COLUMN \"a\".\"b\" IS 'ALTER TABLE ONLY \"public\".\"reading\"';",
        "CREATE FUNCTION \"f\"() AS $$ALTER TABLE ONLY \"public\".\"reading\" x;$$;",
        "ALTER TABLE ONLY \"public\".\"t\" ALTER COLUMN \"pg_attver\" SET STATISTICS 3;"
      })
  void rewrite_anythingElse_isKept(String statement) throws IOException {
    Rewritten result = rewrite(statement);
    assertThat(result.text()).isEqualTo(statement + "\n");
    assertThat(result.dump().changes()).isEmpty();
    assertThat(result.dump().statements()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"public\".\"reading\"", "\"a\"\"b\".\"😀;\""})
  void rewrite_alterTableOnlyOnHypertable_losesOnly(String table) throws IOException {
    Rewritten result =
        rewrite("ALTER TABLE ONLY " + table + "\n    ADD CONSTRAINT \"ONLY\" UNIQUE (\"ts\");");
    assertThat(result.text())
        .isEqualTo("ALTER TABLE " + table + "\n    ADD CONSTRAINT \"ONLY\" UNIQUE (\"ts\");\n");
    assertThat(result.dump().changes())
        .extracting(StatementChange::kind)
        .containsExactly(StatementChange.Kind.CHANGED);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SET (pg_attver=1); | ''",
        "SET (pg_attver=1, n_distinct=-0.5); | SET (n_distinct=-0.5);",
        "SET (n_distinct=5, pg_attver=1); | SET (n_distinct=5);"
      })
  void rewrite_serversOwnMarkOnColumn_isTakenOut(String setting, String rest) throws IOException {
    String alter = "ALTER TABLE ONLY \"public\".\"t\" ALTER COLUMN \"c\" ";
    assertThat(rewrite(alter + setting).text())
        .isEqualTo(rest.isEmpty() ? "" : alter + rest + "\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"COMMIT;", "begin;", "ROLLBACK;", "START TRANSACTION;", "\\! id\n", "\\i /x\n"})
  void rewrite_whatWouldEndTheTransactionOrRunAProgram_isRefused(String text) {
    assertThatThrownBy(() -> rewrite(text)).isInstanceOf(DumpSyntaxException.class);
  }

  @Test
  void rewrite_backslashesByTheOldRules_areRefused() {
    assertThatThrownBy(() -> rewrite("SET standard_conforming_strings = off;"))
        .hasMessage("the dump was made with standard_conforming_strings = off");
  }

  @Test
  void rewrite_closingLineMissing_isRefused() {
    ByteArrayInputStream in =
        new ByteArrayInputStream("SELECT 1;\n".getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(() -> SchemaDump.rewrite("pre-data", in, new ByteArrayOutputStream(), RULES))
        .hasMessage("pg_dump's closing line is missing");
  }

  @Test
  void rewrite_sameSchemaDumpedTwice_hasTheSameDigest() throws IOException {
    String first = rewrite("\\restrict abc\n-- Started on 10:00\nSELECT 1;").dump().digest();
    assertThat(rewrite("\\restrict xyz\n-- Started on 11:00\nSELECT 1;").dump().digest())
        .isEqualTo(first);
    assertThat(rewrite("SELECT 2;").dump().digest()).isNotEqualTo(first);
  }

  @Test
  void rewrite_bytesOfAnotherEncoding_areKept() throws IOException {
    byte[] latin =
        "SELECT 'caf\u00e9';\n-- PostgreSQL database dump complete\n"
            .getBytes(StandardCharsets.ISO_8859_1);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    SchemaDump.rewrite("pre-data", new ByteArrayInputStream(latin), out, RULES);
    assertThat(out.toString(StandardCharsets.ISO_8859_1)).isEqualTo("SELECT 'caf\u00e9';\n");
  }

  private record Rewritten(SchemaDump dump, String text) {}

  private static Rewritten rewrite(String statements) throws IOException {
    return rewrite(statements, RULES);
  }

  private static Rewritten rewrite(String statements, RewriteRules rules) throws IOException {
    String text = statements + "\n-- PostgreSQL database dump complete\n";
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    SchemaDump dump =
        SchemaDump.rewrite(
            "pre-data",
            new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)),
            out,
            rules);
    return new Rewritten(dump, out.toString(StandardCharsets.UTF_8));
  }
}
