package dev.tsferry.runner.dump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tsferry.plan.TableName;
import dev.tsferry.runner.dump.DataDump.TableRows;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DataDumpTest {
  private static final String END = "--\n-- PostgreSQL database dump complete\n--\n";

  @Test
  void copy_tables_areCountedInOrder() throws IOException {
    String dump =
        "COPY \"a\".\"x \"\"y\"\"\" (\"id\") FROM stdin;\n1\n2\n\\.\n\n"
            + "COPY \"a\".\"empty\"  FROM stdin;\n\\.\n"
            + "SELECT pg_catalog.setval('\"a\".\"s\"', 2, true);\n"
            + END;
    List<TableName> told = new ArrayList<>();

    DataDump data = DataDump.copy(in(dump), new ByteArrayOutputStream(), told::add);

    TableName first = new TableName("a", "x \"y\"");
    TableName second = new TableName("a", "empty");
    assertThat(data.tables())
        .containsExactly(new TableRows(first, 2, 4), new TableRows(second, 0, 0));
    assertThat(told).containsExactly(first, second);
  }

  @Test
  void select_tableAndSequenceThatAreNotThere_areLeftOut() throws IOException {
    String rows =
        """
        COPY "a"."there" ("id") FROM stdin;
        1
        \\.
        COPY "a"."not" ("id") FROM stdin;
        SELECT pg_catalog.setval('"a"."s"', 2, true);
        \\.
        SELECT pg_catalog.setval('"a"."s"', 2, true);
        SELECT pg_catalog.setval('"a"."not_s"', 2, true);
        """;
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    DataDump.select(
        in(rows),
        out,
        table -> table.name().equals("there"),
        sequence -> !sequence.equals("'\"a\".\"not_s\"'"));

    assertThat(out.toString(StandardCharsets.UTF_8))
        .isEqualTo(
            """
            COPY "a"."there" ("id") FROM stdin;
            1
            \\.
            SELECT pg_catalog.setval('"a"."s"', 2, true);
            """);
  }

  @Test
  void copy_largeObjects_loseTheirOwnTransaction() throws IOException {
    String dump =
        "BEGIN;\n\nSELECT pg_catalog.lo_open('4100001', 131072);\n"
            + "SELECT pg_catalog.lowrite(0, '\\x424547494e3b');\n"
            + "SELECT pg_catalog.lo_close(0);\n\nCOMMIT;\n\n"
            + "COPY \"a\".\"b\" (\"x\") FROM stdin;\nCOMMIT;\n\\.\n"
            + END;
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    DataDump.copy(in(dump), out, table -> {});

    assertThat(out.toString(StandardCharsets.UTF_8))
        .isEqualTo(
            """
            SELECT pg_catalog.lo_open('4100001', 131072);
            SELECT pg_catalog.lowrite(0, '\\x424547494e3b');
            SELECT pg_catalog.lo_close(0);
            COPY "a"."b" ("x") FROM stdin;
            COMMIT;
            \\.
            """);
  }

  @Test
  void copy_closingLineMissing_isRefused() {
    assertThatThrownBy(() -> DataDump.copy(in("SELECT 1;\n"), new ByteArrayOutputStream(), t -> {}))
        .hasMessage("pg_dump's closing line is missing");
  }

  @Test
  void copy_commandOfPsql_isRefused() {
    assertThatThrownBy(
            () -> DataDump.copy(in("\\! id\n" + END), new ByteArrayOutputStream(), t -> {}))
        .isInstanceOf(DumpSyntaxException.class);
  }

  private static ByteArrayInputStream in(String dump) {
    return new ByteArrayInputStream(dump.getBytes(StandardCharsets.UTF_8));
  }
}
