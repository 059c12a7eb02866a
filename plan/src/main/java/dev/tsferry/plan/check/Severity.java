package dev.tsferry.plan.check;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How much a finding matters. */
public enum Severity {
  /** The migration can't succeed before it is remedied. */
  @JsonProperty("error")
  ERROR,
  /** Something stays behind, changes or may go wrong. */
  @JsonProperty("warning")
  WARNING,
  /** Worth knowing. */
  @JsonProperty("info")
  INFO
}
