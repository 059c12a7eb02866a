package dev.tsferry.cli.discovery.source;

import static java.util.Objects.requireNonNull;

/** Where a database listens. */
public record Endpoint(String host, int port) {
  public Endpoint {
    requireNonNull(host, "host is null");
  }
}
