package dev.tsferry.cli.discovery.source;

import java.util.OptionalLong;

/** Knows how much of a database's storage is free or used. */
public interface StorageMetrics {

  /** Free storage of a DB instance in bytes, if there is a recent figure. */
  OptionalLong freeBytes(String instance);

  /** Used storage of an Aurora cluster's volume in bytes, if there is a recent figure. */
  OptionalLong volumeBytesUsed(String cluster);
}
