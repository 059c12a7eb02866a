package dev.tsferry.cli.discovery;

import static java.util.Objects.requireNonNull;

import dev.tsferry.cli.discovery.source.SourceRequest;
import dev.tsferry.plan.Architecture;
import dev.tsferry.plan.DataMode;
import dev.tsferry.plan.DatabaseAddress;
import dev.tsferry.plan.HostSoftware;
import dev.tsferry.plan.Hypertable;
import java.util.List;
import java.util.Optional;

/**
 * What the user said about a migration; all that AWS knows is not asked for.
 *
 * @param name what the migration is called; else made from the source's identifier
 */
public record DiscoveryRequest(
    SourceRequest source,
    DatabaseAddress target,
    HostRequest host,
    Optional<String> name,
    List<Hypertable> hypertables) {

  public DiscoveryRequest {
    requireNonNull(source, "source is null");
    requireNonNull(target, "target is null");
    requireNonNull(host, "host is null");
    hypertables = List.copyOf(hypertables);
  }

  /**
   * What the user said about the host.
   *
   * @param subnet where it goes; else chosen
   * @param instanceType else chosen by size
   * @param ubuntu release, such as {@code 24.04}
   * @param dataMode which way the rows take; files need a volume
   * @param jobs tables that are dumped and loaded at a time
   * @param software where the host gets its programs, or null for the internet
   * @param kmsKeyArn the customer's key for all that the stack stores, or null
   * @param timeToLiveHours after so many hours without a run the host ends itself; 0 for the
   *     default
   * @param planned the subnet of an earlier plan, which is kept while it will do
   */
  public record HostRequest(
      Optional<String> subnet,
      Architecture architecture,
      Optional<String> instanceType,
      String ubuntu,
      DataMode dataMode,
      int jobs,
      HostSoftware software,
      String kmsKeyArn,
      int timeToLiveHours,
      Optional<String> planned) {
    /** The newest LTS release for which PGDG and the distribution both have been around a while. */
    public static final String UBUNTU = "24.04";

    public HostRequest {
      requireNonNull(architecture, "architecture is null");
      requireNonNull(dataMode, "dataMode is null");
      requireNonNull(ubuntu, "ubuntu is null");
    }
  }
}
