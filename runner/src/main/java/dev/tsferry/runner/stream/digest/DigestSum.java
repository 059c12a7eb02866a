package dev.tsferry.runner.stream.digest;

import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hasher128;
import com.dynatrace.hash4j.hashing.Hashing;

/** Takes rows one by one, and knows what they come to. For one thread. */
public final class DigestSum {
  private static final Hasher128 HASHER = Hashing.xxh3_128();

  private long rows;
  private long high;
  private long low;

  /** Takes one row, as the server sent it. */
  public void add(byte[] bytes, int offset, int length) {
    HashValue128 hash = HASHER.hashBytesTo128Bits(bytes, offset, length);
    long sum = low + hash.getLeastSignificantBits();
    if (Long.compareUnsigned(sum, low) < 0) {
      high++;
    }
    low = sum;
    high += hash.getMostSignificantBits();
    rows++;
  }

  /** What all rows so far come to. */
  public RowDigest digest() {
    return new RowDigest(rows, high, low);
  }
}
