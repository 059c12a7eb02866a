package dev.tsferry.plan;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How closely the two sides are compared at the end. */
public enum VerifyLevel {
  /** Counts and digests of every row of every table; data mode stream only, which digests rows. */
  @JsonProperty("full")
  FULL,
  /** Exact row counts of every table. */
  @JsonProperty("counts")
  COUNTS,
  /**
   * The servers' own estimates of the target's tables against the rows that the dump held: quick,
   * and right to some percent; the report says so.
   */
  @JsonProperty("estimates")
  ESTIMATES,
  /** Not at all; the report says so. */
  @JsonProperty("none")
  NONE;

  /** As close as {@code mode} allows. */
  public static VerifyLevel closest(DataMode mode) {
    return mode == DataMode.STREAM ? FULL : COUNTS;
  }
}
