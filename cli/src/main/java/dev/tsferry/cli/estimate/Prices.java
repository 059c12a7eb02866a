package dev.tsferry.cli.estimate;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Properties;

/**
 * AWS's list prices, noted by hand in {@code prices.properties}: good enough to tell a dollar from
 * a hundred, without one more right in the account for a plan.
 */
final class Prices {
  // In units of "large".
  private static final Map<String, Double> SIZES =
      Map.of(
          "medium",
          0.5,
          "large",
          1.0,
          "xlarge",
          2.0,
          "2xlarge",
          4.0,
          "4xlarge",
          8.0,
          "8xlarge",
          16.0,
          "12xlarge",
          24.0,
          "16xlarge",
          32.0);

  private final Properties table = new Properties();

  Prices() {
    try (InputStream in = Prices.class.getResourceAsStream("prices.properties")) {
      table.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** When they were noted, such as {@code 2026-06}. */
  String date() {
    return table.getProperty("date");
  }

  /** Dollars, of an entry that the table has. */
  double of(String name) {
    return Double.parseDouble(table.getProperty(name));
  }

  /** Dollars an hour in us-east-1, if the table has the family. */
  OptionalDouble instance(String type) {
    String[] parts = type.split("[.]", 2);
    String large = table.getProperty("large." + parts[0]);
    Double size = parts.length < 2 ? null : SIZES.get(parts[1]);
    return large == null || size == null
        ? OptionalDouble.empty()
        : OptionalDouble.of(Double.parseDouble(large) * size);
  }

  /** How much dearer a region is than us-east-1, if the table has it. */
  OptionalDouble multiple(String region) {
    String multiple = table.getProperty("region." + region);
    return multiple == null
        ? OptionalDouble.empty()
        : OptionalDouble.of(Double.parseDouble(multiple));
  }
}
