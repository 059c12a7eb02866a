package dev.tsferry.runner.dump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tsferry.runner.dump.DumpScanner.CopiedRows;
import dev.tsferry.runner.dump.DumpScanner.Item;
import dev.tsferry.runner.dump.DumpScanner.MetaCommand;
import dev.tsferry.runner.dump.DumpScanner.Statement;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DumpScannerTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT 1;",
        "SELECT ';';",
        "SELECT 'it''s; --';",
        "SELECT E'\\'; /*';",
        "SELECT e'\\\\';",
        "SELECT 'a\\';",
        "SELECT name'x;';",
        "SELECT U&'d\\0061t;';",
        "SELECT $$;$$;",
        "SELECT $a$ $b$ ; $$ $a$;",
        "SELECT $_$ $a$ ; $_$;",
        "SELECT $1, a$b$c;",
        "SELECT \"a;b\", \"say \"\"hi\"\";\";",
        "SELECT (1; 2);",
        "CREATE RULE \"r\" AS ON INSERT TO \"t\" DO INSTEAD ( SELECT 1; SELECT 2; );",
        "SELECT 1 -- ; not yet\n;",
        "SELECT 1 /* ; /* ; */ ; */ ;",
        "SELECT 4 - 3;",
        "SELECT 4 / 2 * 3;",
        "CREATE FUNCTION \"f\"() RETURNS int BEGIN ATOMIC SELECT 1; SELECT 2; END;",
        "CREATE OR REPLACE PROCEDURE \"f\"() BEGIN ATOMIC SELECT CASE WHEN true THEN 1 END; END;",
        "CREATE FUNCTION \"f\"() BEGIN ATOMIC SELECT CASE WHEN CASE WHEN a THEN b END THEN 1 END; END;",
        "CREATE TABLE \"begin\" (\"end\" int);",
        "CREATE FUNCTION \"begin\"(\"end\" int) RETURNS int LANGUAGE sql AS 'select 1;';",
        "COMMENT ON TABLE \"t\" IS '😀; naïve';"
      })
  void next_oneStatement_isNotSplit(String statement) throws IOException {
    assertThat(items(statement + "\nSELECT 'next';\n"))
        .containsExactly(new Statement(bytes(statement)), new Statement("SELECT 'next';"));
  }

  @Test
  void next_commentsBetweenStatements_arePassedOver() throws IOException {
    String dump = "-- Name: evil; DROP TABLE x;\n/* ; */ SELECT 1;\n\n-- end\n";
    assertThat(items(dump)).containsExactly(new Statement("SELECT 1;"));
  }

  @Test
  void next_lineWithBackslash_isCommandOfPsql() throws IOException {
    assertThat(items("\\restrict abc\nSELECT 1;\n\\unrestrict abc\n"))
        .containsExactly(
            new MetaCommand("\\restrict abc"),
            new Statement("SELECT 1;"),
            new MetaCommand("\\unrestrict abc"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"SELECT 1", "SELECT ';", "SELECT \";", "SELECT $$;", "/* ", "SELECT \\x;"})
  void next_cutOffOrForeign_isRefused(String dump) {
    assertThatThrownBy(() -> items(dump)).isInstanceOf(DumpSyntaxException.class);
  }

  @Test
  void next_closingLine_makesItComplete() throws IOException {
    DumpScanner scanner = scanner("SELECT 1;\n--\n-- PostgreSQL database dump complete\n--\n");
    assertThat(scanner.next()).isPresent();
    assertThat(scanner.complete()).isFalse();
    assertThat(scanner.next()).isEmpty();
    assertThat(scanner.complete()).isTrue();
  }

  @Test
  void next_closingLineInsideText_doesNotMakeItComplete() throws IOException {
    DumpScanner scanner = scanner("SELECT '\n-- PostgreSQL database dump complete\n';");
    scanner.next();
    scanner.next();
    assertThat(scanner.complete()).isFalse();
  }

  @Test
  void copyRows_rowsThatLookLikeStatements_areCountedAndCopied() throws IOException {
    String rows = "1\t'; DROP\n\\\\.\n\n-- x\n\\.x\n";
    DumpScanner scanner = scanner("COPY \"t\" FROM stdin;\n" + rows + "\\.\nSELECT 1;\n");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    scanner.next();

    CopiedRows copied = scanner.copyRows(out);

    assertThat(copied).isEqualTo(new CopiedRows(5, rows.length()));
    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("\n" + rows + "\\.\n");
    assertThat(scanner.next()).contains(new Statement("SELECT 1;"));
  }

  @Test
  void copyRows_rowLongerThanTheBuffer_isOneRow() throws IOException {
    String row = "x".repeat(700_000) + "\n";
    DumpScanner scanner = scanner("COPY \"t\" FROM stdin;\n" + row + row + "\\.\n");
    scanner.next();
    assertThat(scanner.copyRows(new ByteArrayOutputStream()))
        .isEqualTo(new CopiedRows(2, 2L * row.length()));
  }

  @Test
  void copyRows_endMissing_isRefused() throws IOException {
    DumpScanner scanner = scanner("COPY \"t\" FROM stdin;\n1\n2");
    scanner.next();
    assertThatThrownBy(() -> scanner.copyRows(new ByteArrayOutputStream()))
        .hasMessage("the dump ends in the middle of a table's rows");
  }

  private static List<Item> items(String dump) throws IOException {
    DumpScanner scanner = scanner(dump);
    List<Item> items = new ArrayList<>();
    for (Optional<Item> item = scanner.next(); item.isPresent(); item = scanner.next()) {
      items.add(item.get());
    }
    return items;
  }

  private static DumpScanner scanner(String dump) {
    return new DumpScanner(new ByteArrayInputStream(dump.getBytes(StandardCharsets.UTF_8)));
  }

  private static String bytes(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }
}
