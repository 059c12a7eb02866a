package dev.tsferry.cli.discovery.network;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A block of IPv4 addresses, such as {@code 10.0.0.0/16}.
 *
 * @param address as an unsigned 32-bit number
 * @param length of the prefix in bits, 0 to 32
 */
record Block(long address, int length) {
  private static final Pattern TEXT =
      Pattern.compile("(\\d{1,3})[.](\\d{1,3})[.](\\d{1,3})[.](\\d{1,3})(?:/(\\d{1,2}))?");

  /** RFC 1918 and the range that RFC 6598 gives to carriers. */
  private static final List<String> PRIVATE =
      List.of("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10");

  /** Reads a block or a single address; empty for anything else, such as IPv6. */
  static Optional<Block> of(String text) {
    Matcher matcher = TEXT.matcher(String.valueOf(text));
    if (!matcher.matches()) {
      return Optional.empty();
    }
    long address = 0;
    for (int i = 1; i <= 4; i++) {
      address = address << 8 | Integer.parseInt(matcher.group(i));
    }
    int length = matcher.group(5) == null ? 32 : Integer.parseInt(matcher.group(5));
    return length > 32 ? Optional.empty() : Optional.of(new Block(address, length));
  }

  boolean contains(Block other) {
    return other.length >= length && (other.address ^ address) >>> (32 - length) == 0;
  }

  static boolean isPrivate(String address) {
    return of(address)
        .filter(one -> PRIVATE.stream().anyMatch(range -> of(range).orElseThrow().contains(one)))
        .isPresent();
  }
}
