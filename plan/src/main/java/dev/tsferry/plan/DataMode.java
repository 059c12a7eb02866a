package dev.tsferry.plan;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Which way the rows take. */
public enum DataMode {
  /** Through files on the host: the guide's way; the source is released early. */
  @JsonProperty("dump")
  DUMP,
  /**
   * From server to server through the runner's memory, no file: faster, and digested as it flows.
   */
  @JsonProperty("stream")
  STREAM;

  /** What new plans and runs without a plan have where nobody says which. */
  public static final DataMode DEFAULT = STREAM;
}
