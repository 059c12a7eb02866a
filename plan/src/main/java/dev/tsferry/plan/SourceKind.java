package dev.tsferry.plan;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What the source is; decides which of the two guides the pipeline follows. */
public enum SourceKind {
  /** An Amazon RDS instance of PostgreSQL. */
  @JsonProperty("rds")
  RDS,
  /** An Amazon Aurora PostgreSQL cluster. */
  @JsonProperty("aurora")
  AURORA,
  /** A self-hosted TimescaleDB. */
  @JsonProperty("timescaledb")
  TIMESCALEDB,
  /** A self-hosted PostgreSQL; one that uses TimescaleDB is recognised when it is looked at. */
  @JsonProperty("postgresql")
  POSTGRESQL
}
