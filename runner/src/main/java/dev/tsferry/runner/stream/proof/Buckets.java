package dev.tsferry.runner.stream.proof;

import com.dynatrace.hash4j.hashing.Hasher64;
import com.dynatrace.hash4j.hashing.Hashing;
import dev.tsferry.runner.stream.digest.DigestSum;
import dev.tsferry.runner.stream.digest.RowDigest;
import dev.tsferry.runner.stream.digest.RowReader.RowSink;
import java.util.Set;
import java.util.TreeSet;

/** Digests of a table's rows dealt into buckets by their key, whose columns come first as text. */
final class Buckets implements RowSink {
  private static final int COUNT = 1 << 14;
  private static final long MOST_ROWS = 200_000;
  private static final Hasher64 HASHER = Hashing.xxh3_64();

  private final DigestSum[] sums = new DigestSum[COUNT];
  private final int keyColumns;

  Buckets(int keyColumns) {
    this.keyColumns = keyColumns;
    for (int i = 0; i < COUNT; i++) {
      sums[i] = new DigestSum();
    }
  }

  @Override
  public void row(byte[] bytes, int offset, int length) {
    sums[bucket(bytes, offset, keyLength(bytes, offset, length, keyColumns))].add(
        bytes, offset, length);
  }

  /**
   * Buckets in which two sides differ.
   *
   * @param some as many as have no more rows than fit in memory
   * @param all how many there are
   */
  record Differing(Set<Integer> some, int all) {}

  /** The buckets in which the other side differs. */
  Differing differing(Buckets other) {
    Set<Integer> some = new TreeSet<>();
    int all = 0;
    long rows = 0;
    for (int i = 0; i < COUNT; i++) {
      RowDigest here = sums[i].digest();
      RowDigest there = other.sums[i].digest();
      if (!here.equals(there)) {
        all++;
        rows += here.rows() + there.rows();
        if (some.isEmpty() || rows <= MOST_ROWS) {
          some.add(i);
        }
      }
    }
    return new Differing(some, all);
  }

  static int bucket(byte[] bytes, int offset, int keyLength) {
    return (int) (HASHER.hashBytesToLong(bytes, offset, keyLength) & (COUNT - 1));
  }

  static long hash(byte[] bytes, int offset, int length) {
    return HASHER.hashBytesToLong(bytes, offset, length);
  }

  /**
   * Length of the first columns, or of the whole row where there are none, without the tab behind
   * them; a tab in a value is written otherwise.
   */
  static int keyLength(byte[] bytes, int offset, int length, int columns) {
    int left = columns;
    for (int at = offset; at < offset + length; at++) {
      if (bytes[at] == '\t' && --left == 0) {
        return at - offset;
      }
    }
    return length;
  }
}
