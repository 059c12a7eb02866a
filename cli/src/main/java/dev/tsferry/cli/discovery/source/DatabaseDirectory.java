package dev.tsferry.cli.discovery.source;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What RDS knows of databases. */
public interface DatabaseDirectory {

  /** The DB instance called {@code identifier}, if the account has it in this region. */
  Optional<DatabaseInstance> instance(String identifier);

  /** The DB cluster called {@code identifier}, if the account has it in this region. */
  Optional<DatabaseCluster> cluster(String identifier);

  /** Every DB instance that is no cluster's member, and every cluster, sorted by name. */
  List<Listed> list();

  /**
   * The values of parameters in a parameter group; those that are not set are missing.
   *
   * @param cluster whether it is a DB cluster parameter group
   */
  Map<String, String> parameters(String group, boolean cluster, List<String> names);

  /** When a certificate authority of RDS's expires, such as {@code rds-ca-rsa2048-g1}. */
  Optional<Instant> authorityExpiry(String authority);

  /**
   * An entry of the list.
   *
   * @param cluster whether it is a cluster
   */
  record Listed(String identifier, String engine, boolean cluster) {}
}
