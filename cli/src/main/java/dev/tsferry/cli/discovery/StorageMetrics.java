package dev.tsferry.cli.discovery;

import java.util.OptionalLong;

/** Knows how much of a DB instance's storage is free. */
public interface StorageMetrics {

  /** Free storage in bytes, if there is a recent figure. */
  OptionalLong freeBytes(String identifier);
}
