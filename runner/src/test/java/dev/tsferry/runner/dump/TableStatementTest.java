package dev.tsferry.runner.dump;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tsferry.plan.TableName;
import dev.tsferry.runner.dump.TableStatement.Making;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TableStatementTest {
  private static Optional<TableStatement> of(String text) {
    return TableStatement.of(new SchemaStatement(text));
  }

  private static void assertMakes(String text, Making making, String name) {
    assertThat(of(text))
        .hasValueSatisfying(
            made -> {
              assertThat(made.making()).isEqualTo(making);
              assertThat(made.table()).isEqualTo(new TableName("größe \"x\"", "für"));
              assertThat(made.name()).isEqualTo(name);
            });
  }

  @Test
  void of_whatMakesAnIndex_knowsItsTable() {
    assertMakes(
        "\n\nALTER TABLE ONLY \"größe \"\"x\"\"\".\"für\"\n    ADD CONSTRAINT \"k\" PRIMARY KEY (\"a\");",
        Making.KEY,
        "k");
    assertMakes(
        "ALTER TABLE ONLY \"größe \"\"x\"\"\".\"für\" ADD CONSTRAINT \"k\" EXCLUDE USING \"gist\" (\"a\" WITH =);",
        Making.KEY,
        "k");
    assertMakes(
        "CREATE UNIQUE INDEX \"i on\" ON \"größe \"\"x\"\"\".\"für\" USING \"btree\" (\"a\");",
        Making.INDEX,
        "i on");
    assertMakes(
        "CREATE INDEX \"i\" ON ONLY \"größe \"\"x\"\"\".\"für\" USING \"btree\" (\"a\");",
        Making.INDEX,
        "i");
    assertMakes(
        "ALTER TABLE \"größe \"\"x\"\"\".\"für\" ADD CONSTRAINT \"f\" FOREIGN KEY (\"a\") REFERENCES \"s\".\"t\"(\"b\");",
        Making.FOREIGN_KEY,
        "f");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ALTER TABLE \"s\".\"t\" ADD CONSTRAINT \"c\" CHECK ((\"a\" > 0)) NOT VALID;",
        "ALTER TABLE \"s\".\"t\" CLUSTER ON \"i\";",
        "ALTER INDEX \"s\".\"i\" ATTACH PARTITION \"s\".\"j\";",
        "CREATE TRIGGER \"index\" BEFORE INSERT ON \"s\".\"t\" FOR EACH ROW EXECUTE FUNCTION \"s\".\"f\"();",
        "COMMENT ON INDEX \"s\".\"i\" IS 'CREATE INDEX \"i\" ON \"s\".\"t\"';",
        "CREATE STATISTICS \"s\".\"x\" ON \"a\", \"b\" FROM \"s\".\"t\";",
        "ALTER"
      })
  void of_anotherStatement_isEmpty(String text) {
    assertThat(of(text)).isEmpty();
  }

  @Test
  void notValid_isAskedForOnce_andNotOfWhatIsNotEnforced() {
    String key =
        "ALTER TABLE ONLY \"s\".\"t\" ADD CONSTRAINT \"f\" FOREIGN KEY (\"a\") REFERENCES \"s\".\"u\"(\"b\")";

    assertThat(of(key + " DEFERRABLE;").orElseThrow().notValid())
        .hasValue(new SchemaStatement(key + " DEFERRABLE NOT VALID;"));
    assertThat(of(key + " NOT VALID;").orElseThrow().notValid()).isEmpty();
    assertThat(of(key + " NOT ENFORCED;").orElseThrow().notValid()).isEmpty();
  }
}
