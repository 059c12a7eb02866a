package dev.tsferry.runner.compare;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeparsedTextTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "SELECT t.a FROM s.t; | SELECT a FROM s.t;",
        "SELECT \"T \"\"x\".\"a b\" FROM s.\"T \"\"x\"; |  SELECT \"a b\" FROM s.\"T \"\"x\";",
        "SELECT t.a, t.b FROM t WHERE (t.a > 'x.y'::text); | SELECT a, b FROM t WHERE (a > 'x.y'::text);",
        "SELECT t.\"json\" FROM t | SELECT json FROM t",
        "XMLSERIALIZE(CONTENT x AS text) | XMLSERIALIZE(CONTENT x AS text NO INDENT)",
        "SELECT  a | SELECT a"
      })
  void same_onlyQualificationOrSpace_isTheSame(String one, String other) {
    assertThat(DeparsedText.same(one, other)).isTrue();
    assertThat(DeparsedText.same(other, one)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "SELECT t.a FROM s.t; | SELECT b FROM s.t;",
        "SELECT t.a FROM s.t; | SELECT a FROM s.u;",
        "SELECT t.a FROM t, u; | SELECT u.a FROM t, u;",
        "SELECT a FROM t; | SELECT a FROM t WHERE a;",
        "SELECT 'x.y'; | SELECT 'y';",
        "SELECT 'a  b'; | SELECT 'a b';",
        "SELECT 1.5; | SELECT 5;",
        "SELECT 'A'; | SELECT 'a';"
      })
  void same_anythingElse_isNot(String one, String other) {
    assertThat(DeparsedText.same(one, other)).isFalse();
    assertThat(DeparsedText.same(other, one)).isFalse();
  }
}
