package dev.tsferry.runner.stream.table;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Binary rows as they are digested where the two servers' encodings differ: jsonb and hstore keep
 * their keys in the order of their lengths in bytes, tsvector its words in the order of their
 * bytes, which is another one in another encoding. What is not understood is digested as it is.
 *
 * @param columns the columns of these types, by their positions
 * @see <a
 *     href="https://github.com/postgres/postgres/blob/REL_17_STABLE/src/backend/utils/adt/jsonb_util.c">lengthCompareJsonbStringValue</a>
 */
public record KeyOrder(Map<Integer, Kind> columns) {
  /** Rows are digested as they came. */
  public static final KeyOrder AS_IT_IS = new KeyOrder(Map.of());

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.USE_BIG_INTEGER_FOR_INTS)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .build();

  public KeyOrder {
    columns = Map.copyOf(columns);
  }

  /** A type that orders keys. */
  public enum Kind {
    JSONB,
    HSTORE,
    TSVECTOR
  }

  /** Whether rows are digested as they came. */
  public boolean isAsItIs() {
    return columns.isEmpty();
  }

  /** A row with keys in an order that both sides have in common. */
  public byte[] ordered(byte[] bytes, int offset, int length) {
    ByteBuffer row = ByteBuffer.wrap(bytes, offset, length);
    ByteArrayOutputStream out = new ByteArrayOutputStream(length);
    int fields = row.getShort();
    out.write(fields);
    for (int i = 0; i < fields; i++) {
      int size = row.getInt();
      byte[] field = new byte[Math.max(0, size)];
      row.get(field);
      Kind kind = columns.get(i);
      byte[] ordered = kind == null || size < 0 ? field : ordered(kind, field);
      out.writeBytes(
          ByteBuffer.allocate(Integer.BYTES).putInt(size < 0 ? size : ordered.length).array());
      out.writeBytes(ordered);
    }
    return out.toByteArray();
  }

  private static byte[] ordered(Kind kind, byte[] field) {
    try {
      return switch (kind) {
        case JSONB -> json(field);
        case HSTORE -> hstore(field);
        case TSVECTOR -> words(field);
      };
    } catch (IOException | RuntimeException e) {
      return field;
    }
  }

  // A version in one byte, then the text.
  private static byte[] json(byte[] field) throws IOException {
    Object value = JSON.readValue(field, 1, field.length - 1, Object.class);
    return written(value);
  }

  private static byte[] written(Object value) throws JsonProcessingException {
    return JSON.writeValueAsBytes(value);
  }

  // The number of words, and each with a zero behind it and its positions.
  private static byte[] words(byte[] field) {
    ByteBuffer in = ByteBuffer.wrap(field);
    int count = in.getInt();
    List<byte[]> words = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int at = in.position();
      while (in.get() != 0) {
        // The word.
      }
      int positions = in.getShort() & 0xffff;
      in.position(in.position() + positions * Short.BYTES);
      words.add(Arrays.copyOfRange(field, at, in.position()));
    }
    words.sort(Arrays::compare);
    ByteArrayOutputStream out = new ByteArrayOutputStream(field.length);
    words.forEach(out::writeBytes);
    return out.toByteArray();
  }

  // The number of pairs, and each key and value with its length.
  private static byte[] hstore(byte[] field) {
    ByteBuffer in = ByteBuffer.wrap(field);
    int pairs = in.getInt();
    SortedMap<byte[], byte[]> ordered = new TreeMap<>(Arrays::compare);
    for (int i = 0; i < pairs; i++) {
      byte[] key = new byte[in.getInt()];
      in.get(key);
      int at = in.position();
      int size = in.getInt();
      in.position(in.position() + Math.max(0, size));
      ordered.put(key, Arrays.copyOfRange(field, at, in.position()));
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(field.length);
    ordered.forEach(
        (key, value) -> {
          out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(key.length).array());
          out.writeBytes(key);
          out.writeBytes(value);
        });
    return out.toByteArray();
  }
}
