package dev.tsferry.plan;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Processor architecture of the migration host, as EC2 names it. */
public enum Architecture {
  @JsonProperty("x86_64")
  X86_64,
  @JsonProperty("arm64")
  ARM64
}
