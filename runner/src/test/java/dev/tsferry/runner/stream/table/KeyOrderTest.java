package dev.tsferry.runner.stream.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tsferry.runner.stream.table.KeyOrder.Kind;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KeyOrderTest {
  private static final KeyOrder ORDER = new KeyOrder(Map.of(1, Kind.JSONB, 2, Kind.HSTORE));

  @Test
  void ordered_sameKeysInAnotherOrder_areTheSameRow() throws IOException {
    byte[] one =
        row(
            "x",
            json("{\"é\": 1.10, \"ab\": {\"z\": [1, 2], \"a\": null}}"),
            pairs("é", "1", "ab", null));
    byte[] two =
        row(
            "x",
            json("{\"ab\": {\"a\": null, \"z\": [1, 2]}, \"é\": 1.10}"),
            pairs("ab", null, "é", "1"));

    assertThat(ordered(one)).isEqualTo(ordered(two)).isNotEqualTo(one);
  }

  @Test
  void ordered_otherValues_areOtherRows() throws IOException {
    byte[] one = row("x", json("{\"é\": 1.10}"), pairs("é", "1", "ab", null));

    assertThat(ordered(one))
        .isNotEqualTo(ordered(row("x", json("{\"é\": 1.1}"), pairs("é", "1", "ab", null))))
        .isNotEqualTo(ordered(row("x", json("{\"é\": \"1.10\"}"), pairs("é", "1", "ab", null))))
        .isNotEqualTo(ordered(row("y", json("{\"é\": 1.10}"), pairs("é", "1", "ab", null))))
        .isNotEqualTo(ordered(row("x", json("{\"é\": 1.10}"), pairs("é", null, "ab", "1"))))
        .isNotEqualTo(ordered(row("x", json("{\"é\": 1.10}"), null)));
    assertThat(ordered(row("x", json("[1, 2]"), null)))
        .isNotEqualTo(ordered(row("x", json("[2, 1]"), null)));
  }

  @Test
  void ordered_whatIsNotUnderstood_isAsItIs() throws IOException {
    byte[] deep = json("[".repeat(100_000) + "]".repeat(100_000));
    byte[] broken = {0, 0, 0, 9, 1};

    byte[] row = row("x", deep, broken);

    assertThat(ordered(row)).hasSize(row.length - 1).endsWith(broken);
  }

  @Test
  void ordered_wordsOfATsvectorInAnotherOrder_areTheSameRow() throws IOException {
    KeyOrder order = new KeyOrder(Map.of(1, Kind.TSVECTOR));
    byte[] one = row("x", words("été", 1, "€", 2), null);

    assertThat(order.ordered(one, 0, one.length))
        .isEqualTo(order.ordered(row("x", words("€", 2, "été", 1), null), 0, one.length))
        .isNotEqualTo(order.ordered(row("x", words("€", 1, "été", 2), null), 0, one.length));
  }

  private static byte[] words(String one, int first, String two, int second) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeInt(2);
    out.write((one + "\0").getBytes(StandardCharsets.UTF_8));
    out.writeShort(1);
    out.writeShort(first);
    out.write((two + "\0").getBytes(StandardCharsets.UTF_8));
    out.writeShort(1);
    out.writeShort(second);
    return bytes.toByteArray();
  }

  private static byte[] ordered(byte[] row) {
    byte[] padded = new byte[row.length + 7];
    System.arraycopy(row, 0, padded, 3, row.length);
    return ORDER.ordered(padded, 3, row.length);
  }

  private static byte[] row(String text, byte[] json, byte[] hstore) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeShort(3);
    field(out, text.getBytes(StandardCharsets.UTF_8));
    field(out, json);
    field(out, hstore);
    return bytes.toByteArray();
  }

  private static byte[] json(String text) {
    return ("\u0001" + text).getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] pairs(String... keysAndValues) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeInt(keysAndValues.length / 2);
    for (String part : keysAndValues) {
      field(out, part == null ? null : part.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  private static void field(DataOutputStream out, byte[] bytes) throws IOException {
    out.writeInt(bytes == null ? -1 : bytes.length);
    if (bytes != null) {
      out.write(bytes);
    }
  }
}
