package dev.tsferry.runner.dump;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DataPartsTest {
  private static final String ROWS =
      """
      \\restrict abc
      SET client_encoding = 'UTF8';
      SELECT pg_catalog.set_config('search_path', '', false);
      COPY "a"."one" ("id") FROM stdin;
      1
      \\.
      COPY "a"."two" ("id") FROM stdin;
      2
      \\.
      COPY "a"."not" ("id") FROM stdin;
      3
      \\.
      SELECT pg_catalog.setval('"a"."s"', 2, true);
      SELECT pg_catalog.setval('"a"."not_s"', 2, true);
      SELECT pg_catalog.lo_create('7');
      \\unrestrict abc
      """;

  @Test
  void split_everyPart_hasTheSessionsStateAndItsTablesInTransactions() throws IOException {
    ByteArrayOutputStream zero = new ByteArrayOutputStream();
    ByteArrayOutputStream one = new ByteArrayOutputStream();
    ByteArrayOutputStream last = new ByteArrayOutputStream();

    new DataParts(
            new LoadOrder(List.of(0, 1, 0)),
            table -> "insert " + table,
            table -> table != 1,
            table -> !table.name().equals("not"),
            sequence -> !sequence.contains("not_s"))
        .split(
            new ByteArrayInputStream(ROWS.getBytes(StandardCharsets.UTF_8)),
            Map.of(0, zero, 1, one),
            last);

    String state =
        """
        \\restrict abc
        SET client_encoding = 'UTF8';
        SELECT pg_catalog.set_config('search_path', '', false);
        """;
    assertThat(zero.toString(StandardCharsets.UTF_8))
        .isEqualTo(
            state
                + """
                BEGIN;
                insert 0;
                COPY "a"."one" ("id") FROM stdin;
                1
                \\.
                COMMIT;
                \\unrestrict abc
                """);
    assertThat(one.toString(StandardCharsets.UTF_8))
        .as("loaded before")
        .isEqualTo(state + "\\unrestrict abc\n");
    assertThat(last.toString(StandardCharsets.UTF_8))
        .isEqualTo(
            state
                + """
                SELECT pg_catalog.setval('"a"."s"', 2, true);
                SELECT pg_catalog.lo_create('7');
                \\unrestrict abc
                """);
  }
}
