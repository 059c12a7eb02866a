package dev.tsferry.cli.discovery;

import dev.tsferry.cli.discovery.network.NetworkDirectory.Rule;
import dev.tsferry.cli.discovery.network.NetworkDirectory.SecurityGroup;
import dev.tsferry.cli.fake.FakeNetwork;
import java.util.List;

/** Security groups with one peculiarity. */
final class TestGroups {
  private TestGroups() {}

  static void open(FakeNetwork network, String id, int port) {
    network.groups.put(
        id,
        new SecurityGroup(
            id,
            id + "-name",
            FakeNetwork.ACCOUNT,
            List.of(new Rule(port, port, List.of("10.0.0.0/16")))));
  }

  static void foreign(FakeNetwork network, String id) {
    network.groups.put(id, new SecurityGroup(id, id + "-name", "999999999999", List.of()));
  }
}
