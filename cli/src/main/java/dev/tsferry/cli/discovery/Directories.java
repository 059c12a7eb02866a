package dev.tsferry.cli.discovery;

import static java.util.Objects.requireNonNull;

import dev.tsferry.cli.discovery.host.ImageDirectory;
import dev.tsferry.cli.discovery.network.InstanceTypeDirectory;
import dev.tsferry.cli.discovery.network.NameDirectory;
import dev.tsferry.cli.discovery.network.NetworkDirectory;
import dev.tsferry.cli.discovery.source.DatabaseDirectory;
import dev.tsferry.cli.discovery.source.ServerProbe;
import dev.tsferry.cli.discovery.source.StorageMetrics;

/** Everything that discovery asks, AWS or not. */
public record Directories(
    AccountDirectory accounts,
    DatabaseDirectory databases,
    StorageMetrics storage,
    NetworkDirectory network,
    InstanceTypeDirectory instanceTypes,
    ImageDirectory images,
    NameDirectory names,
    ServerProbe probe) {

  public Directories {
    requireNonNull(accounts, "accounts is null");
    requireNonNull(databases, "databases is null");
    requireNonNull(storage, "storage is null");
    requireNonNull(network, "network is null");
    requireNonNull(instanceTypes, "instanceTypes is null");
    requireNonNull(images, "images is null");
    requireNonNull(names, "names is null");
    requireNonNull(probe, "probe is null");
  }
}
