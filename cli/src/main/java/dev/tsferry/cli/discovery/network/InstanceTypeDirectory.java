package dev.tsferry.cli.discovery.network;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** Knows which instance types can be started where. */
@FunctionalInterface
public interface InstanceTypeDirectory {

  /** Which of these types each availability zone of the region offers. */
  Map<String, Set<String>> offered(List<String> types);
}
