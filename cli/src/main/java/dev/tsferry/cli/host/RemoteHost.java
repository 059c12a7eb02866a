package dev.tsferry.cli.host;

import static java.util.Objects.requireNonNull;

/**
 * The migration host and the way to it.
 *
 * @param instanceId such as {@code i-0abc}
 * @param document name of the stack's own command document
 */
public record RemoteHost(String instanceId, String document) {
  public RemoteHost {
    requireNonNull(instanceId, "instanceId is null");
    requireNonNull(document, "document is null");
  }
}
