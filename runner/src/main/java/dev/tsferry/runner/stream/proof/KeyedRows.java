package dev.tsferry.runner.stream.proof;

import dev.tsferry.runner.stream.digest.RowReader.RowSink;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The rows of some buckets, each as its key and a hash; where there is no key, each as its hash and
 * how often it is there.
 */
final class KeyedRows implements RowSink {
  private final int keyColumns;
  private final Set<Integer> buckets;
  private final Map<Key, Long> rows = new LinkedHashMap<>();

  KeyedRows(int keyColumns, Set<Integer> buckets) {
    this.keyColumns = keyColumns;
    this.buckets = Set.copyOf(buckets);
  }

  /** A row's key as COPY writes it, its columns separated by tabs. */
  record Key(String written) {
    String text() {
      String plain = written.replace("\t", ", ");
      return "(" + (plain.length() > 200 ? plain.substring(0, 200) + "…" : plain) + ")";
    }
  }

  @Override
  public void row(byte[] bytes, int offset, int length) {
    int keyLength = Buckets.keyLength(bytes, offset, length, keyColumns);
    if (!buckets.contains(Buckets.bucket(bytes, offset, keyLength))) {
      return;
    }
    if (keyColumns == 0) {
      rows.merge(new Key(Long.toHexString(Buckets.hash(bytes, offset, length))), 1L, Long::sum);
      return;
    }
    Key key = new Key(new String(bytes, offset, keyLength, StandardCharsets.UTF_8));
    // A key that is there twice adds up, and so differs from one that is there once.
    rows.merge(key, Buckets.hash(bytes, offset, length), Long::sum);
  }

  Map<Key, Long> rows() {
    return rows;
  }
}
