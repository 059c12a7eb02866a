package dev.tsferry.cli.discovery.source;

import java.time.Instant;
import java.util.List;

/**
 * What else of a database matters to a migration.
 *
 * @param standbyZone where a Multi-AZ instance's standby is, or null
 * @param publiclyAccessible whether it has a public address
 * @param dualStack whether it listens on IPv6 too
 * @param parameterGroup its name, or null
 * @param rebootPending whether parameters wait for a restart
 * @param authority name of the authority that signed its certificate, or null
 * @param certificateExpiry when that certificate ends, or null where RDS does not say
 * @param pendingChanges names of changes that wait for the maintenance window
 */
public record DatabaseTraits(
    boolean multiAz,
    String standbyZone,
    boolean publiclyAccessible,
    boolean dualStack,
    String parameterGroup,
    boolean rebootPending,
    String authority,
    Instant certificateExpiry,
    List<String> pendingChanges) {

  /** Nothing out of the ordinary. */
  public static final DatabaseTraits PLAIN =
      new DatabaseTraits(false, null, false, false, null, false, null, null, List.of());

  public DatabaseTraits {
    pendingChanges = List.copyOf(pendingChanges);
  }
}
