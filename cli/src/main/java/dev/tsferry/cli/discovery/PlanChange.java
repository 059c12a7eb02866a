package dev.tsferry.cli.discovery;

import static java.util.Objects.requireNonNull;

/**
 * A field in which two plans differ.
 *
 * @param path such as {@code $.host.amiId}
 * @param before its value as JSON, or null where it was not there
 * @param after its value as JSON, or null where it is gone
 */
public record PlanChange(String path, String before, String after) {
  public PlanChange {
    requireNonNull(path, "path is null");
  }

  /** What comes of it when the stack is there already, or an empty text. */
  public String effect() {
    if (path.startsWith("$.host.") || path.startsWith("$.source.securityGroupId")) {
      return path.contains("timeToLive") ? "" : "changes the stack";
    }
    return path.equals("$.name") ? "another stack" : "";
  }
}
