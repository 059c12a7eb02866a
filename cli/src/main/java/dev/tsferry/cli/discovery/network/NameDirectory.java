package dev.tsferry.cli.discovery.network;

import java.util.List;

/** Resolves host names as this machine does, which is not always as the VPC does. */
@FunctionalInterface
public interface NameDirectory {

  /** The IPv4 addresses of {@code host}; none where the name is not known here. */
  List<String> addresses(String host);
}
