package dev.tsferry.runner.password;

import static java.util.Objects.requireNonNull;

/** A role's password: a type of its own, so that it can't get into a text by mistake. */
final class Password {
  private final String value;

  Password(String value) {
    this.value = requireNonNull(value, "value is null");
  }

  String value() {
    return value;
  }

  @Override
  public String toString() {
    return "******";
  }
}
