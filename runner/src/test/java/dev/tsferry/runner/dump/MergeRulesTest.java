package dev.tsferry.runner.dump;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tsferry.plan.TableName;
import dev.tsferry.plan.report.MigrationReport.StatementChange;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MergeRulesTest {
  private static final String END = "--\n-- PostgreSQL database dump complete\n--\n";
  private static final TableName ROOT = new TableName("s", "ro\"ot");
  private static final Merger MERGER =
      new Merger(
          Map.of(ROOT, "s.\"ro\"\"ot\""),
          Map.of(
              new TableName("s", "p1"), ROOT,
              new TableName("s", "p1_idx"), ROOT));
  private static final ConstraintName KEY =
      new ConstraintName(new TableName("shop", "alerts"), "alert's; \"host\"");
  private static final RewriteRules RULES =
      new RewriteRules(Set.of(ROOT), Map.of(), 17, Set.of(), Set.of(KEY), MERGER);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE TABLE \"s\".\"p1\" (\"at\" timestamp);",
        "CREATE UNLOGGED TABLE \"s\".\"p1\" (\"at\" timestamp);",
        "ALTER TABLE ONLY \"s\".\"ro\"\"ot\" ATTACH PARTITION \"s\".\"p1\" DEFAULT;",
        "ALTER TABLE ONLY \"s\".\"p1\" ADD CONSTRAINT \"k\" PRIMARY KEY (\"at\");",
        "CREATE UNIQUE INDEX \"p1_idx\" ON \"s\".\"p1\" USING \"btree\" (\"at\");",
        "ALTER INDEX \"s\".\"root_idx\" ATTACH PARTITION \"s\".\"p1_idx\";",
        "COMMENT ON TABLE \"s\".\"p1\" IS 'x';",
        "COMMENT ON COLUMN \"s\".\"p1\".\"at\" IS 'x';",
        "COMMENT ON INDEX \"s\".\"p1_idx\" IS 'x';",
        "COMMENT ON CONSTRAINT \"k\" ON \"s\".\"p1\" IS 'x';"
      })
  void rewrite_aboutAPartition_isDroppedAndReported(String statement) throws IOException {
    Rewritten result = rewrite(statement);
    assertThat(result.text()).isEmpty();
    assertThat(result.dump().changes())
        .containsExactly(
            new StatementChange(
                "pre-data",
                StatementChange.Kind.DROPPED,
                statement,
                "its rows go into the hypertable s.ro\"ot"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE TABLE \"s\".\"p10\" (\"PARTITION BY\" text);",
        "CREATE TABLE \"p1\".\"s\" (\"x\" text)\nPARTITION BY RANGE (\"x\");",
        "CREATE INDEX \"i\" ON ONLY \"s\".\"other\" USING \"btree\" (\"x\");",
        "ALTER INDEX \"s\".\"other_idx\" ATTACH PARTITION \"s\".\"p2_idx\";",
        "COMMENT ON TABLE \"s\".\"ro\"\"ot\" IS 'p1';",
        "ALTER TABLE \"shop\".\"alerts\" ADD CONSTRAINT \"other\" CHECK (true);"
      })
  void rewrite_aboutOthers_isKept(String statement) throws IOException {
    Rewritten result = rewrite(statement);
    assertThat(result.text()).isEqualTo(statement + "\n");
    assertThat(result.later()).isEmpty();
  }

  @Test
  void rewrite_root_losesWhatMakesItAParent() throws IOException {
    assertThat(
            rewrite(
                    "CREATE TABLE \"s\".\"ro\"\"ot\" (\n  \"a\" text DEFAULT 'PARTITION BY'\n)\nPARTITION BY RANGE (\"a\");")
                .text())
        .isEqualTo("CREATE TABLE \"s\".\"ro\"\"ot\" (\n  \"a\" text DEFAULT 'PARTITION BY'\n);\n");
    assertThat(
            rewrite("CREATE INDEX \"i\" ON ONLY \"s\".\"ro\"\"ot\" USING \"btree\" (\"a\");")
                .text())
        .isEqualTo("CREATE INDEX \"i\" ON \"s\".\"ro\"\"ot\" USING \"btree\" (\"a\");\n");
    assertThat(
            rewrite(
                    "ALTER TABLE ONLY \"s\".\"ro\"\"ot\"\n    ADD CONSTRAINT \"k\" PRIMARY KEY (\"a\");")
                .text())
        .isEqualTo(
            "ALTER TABLE \"s\".\"ro\"\"ot\"\n    ADD CONSTRAINT \"k\" PRIMARY KEY (\"a\");\n");
  }

  @Test
  void rewrite_keyToAHypertable_isForLaterWithTheSessionsSettings() throws IOException {
    String set = "SET client_encoding = 'UTF8';";
    String key =
        "ALTER TABLE ONLY \"shop\".\"alerts\"\n    ADD CONSTRAINT \"alert's; \"\"host\"\"\" FOREIGN KEY (\"a\") REFERENCES \"s\".\"h\"(\"a\");";
    String comment =
        "COMMENT ON CONSTRAINT \"alert's; \"\"host\"\"\" ON \"shop\".\"alerts\" IS 'x';";
    Rewritten result = rewrite(set + "\n" + key + "\n" + comment);
    assertThat(result.text()).isEqualTo(set + "\n");
    assertThat(result.later()).isEqualTo(set + "\n" + key + "\n" + comment + "\n");
    assertThat(result.dump().changes()).isEmpty();
    assertThat(result.dump().statements()).isEqualTo(1);
  }

  @Test
  void copy_rowsOfAPartition_goIntoTheRoot() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    DataDump data =
        DataDump.copy(
            in("COPY \"s\".\"p1\" (\"b\", \"a\") FROM stdin;\n1\t2\n\\.\n" + END),
            out,
            MERGER,
            table -> {});
    assertThat(out.toString(StandardCharsets.UTF_8))
        .isEqualTo("COPY s.\"ro\"\"ot\" (\"b\", \"a\") FROM stdin;\n1\t2\n\\.\n");
    assertThat(data.tables()).containsExactly(new DataDump.TableRows(ROOT, 1, 4));
  }

  private record Rewritten(SchemaDump dump, String text, String later) {}

  private static Rewritten rewrite(String statements) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream later = new ByteArrayOutputStream();
    SchemaDump dump =
        SchemaDump.rewrite("pre-data", in(statements + "\n" + END), out, later, RULES);
    return new Rewritten(
        dump, out.toString(StandardCharsets.UTF_8), later.toString(StandardCharsets.UTF_8));
  }

  private static InputStream in(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }
}
