package dev.tsferry.cli.local;

import static java.util.Objects.requireNonNull;

import dev.tsferry.plan.DatabaseAddress;
import dev.tsferry.runner.Secret;

/** A database and the password to it. */
public record LocalDatabase(DatabaseAddress address, Secret password) {
  public LocalDatabase {
    requireNonNull(address, "address is null");
    requireNonNull(password, "password is null");
  }
}
