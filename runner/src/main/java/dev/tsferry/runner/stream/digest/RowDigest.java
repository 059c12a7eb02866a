package dev.tsferry.runner.stream.digest;

/**
 * Rows in one number that depends on each of them and on each repetition, and not on their order.
 * It proves that two sides hold the same rows without either being sorted.
 *
 * <p>It is the sum, modulo 2^128, of each row's XXH3 of 128 bits. A sum and no exclusive or, which
 * would not see a row that is there twice too often.
 *
 * @param high the upper 64 bits
 * @param low the lower 64 bits
 * @see <a href="https://github.com/Cyan4973/xxHash/blob/dev/doc/xxhash_spec.md">XXH3</a>
 */
public record RowDigest(long rows, long high, long low) {
  /** No rows. */
  public static final RowDigest NONE = new RowDigest(0, 0, 0);

  /** The rows of both. */
  public RowDigest plus(RowDigest other) {
    long sum = low + other.low;
    long carry = Long.compareUnsigned(sum, low) < 0 ? 1 : 0;
    return new RowDigest(rows + other.rows, high + other.high + carry, sum);
  }

  /** The sum alone, as 32 hexadecimal digits. */
  public String hex() {
    return "%016x%016x".formatted(high, low);
  }

  /** Such as {@code 12 rows with digest 00f3…}. */
  @Override
  public String toString() {
    return "%,d rows with digest %s".formatted(rows, hex());
  }
}
