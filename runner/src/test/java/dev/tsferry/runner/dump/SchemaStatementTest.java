package dev.tsferry.runner.dump;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemaStatementTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "CREATE TABLE \"s\".\"t\" ( \"a\" integer); | CREATE TABLE \"s\".\"t\"",
        "CREATE INDEX \"i\" ON \"s\".\"t\" USING \"btree\" (\"a\"); | CREATE INDEX \"i\" ON \"s\".\"t\" USING \"btree\"",
        "CREATE FUNCTION \"s\".\"f\"(\"a\" integer) RETURNS integer LANGUAGE sql; | CREATE FUNCTION \"s\".\"f\"(\"a\" integer)",
        "CREATE SCHEMA \"s\"; | CREATE SCHEMA \"s\"",
        "ALTER TABLE ONLY \"s\".\"t\" ADD CONSTRAINT \"k\" PRIMARY KEY (\"a\"); | ALTER TABLE ONLY \"s\".\"t\" ADD CONSTRAINT \"k\" PRIMARY KEY (\"a\")"
      })
  void title_saysWhatIsDoneToWhat(String statement, String title) {
    assertThat(new SchemaStatement(statement).title()).isEqualTo(title);
  }

  @Test
  void shown_foreignServer_hidesItsOptions() {
    assertThat(
            new SchemaStatement(
                    "CREATE SERVER \"s\" FOREIGN DATA WRAPPER \"w\" OPTIONS (\n    password 'hidden'\n);")
                .shown())
        .isEqualTo("CREATE SERVER \"s\" FOREIGN DATA WRAPPER \"w\" OPTIONS (…)");
  }

  @Test
  void nameAfter_quotedName_isKeptQuoted() {
    assertThat(new SchemaStatement("REFRESH MATERIALIZED VIEW \"s \"\"x\".\"v;\";").nameAfter(3))
        .isEqualTo("\"s \"\"x\".\"v;\"");
  }
}
