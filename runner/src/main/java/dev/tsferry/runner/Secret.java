package dev.tsferry.runner;

import static java.util.Objects.requireNonNull;

/**
 * A password: a type of its own, so that it can't be printed, logged or put into a record's text by
 * mistake.
 */
public final class Secret {
  private final String value;

  private Secret(String value) {
    this.value = value;
  }

  public static Secret of(String value) {
    return new Secret(requireNonNull(value, "value is null"));
  }

  /** The password itself; only for what logs in with it. */
  public String value() {
    return value;
  }

  @Override
  public String toString() {
    return "******";
  }
}
