package dev.tsferry.lab.database;

import org.testcontainers.utility.DockerImageName;

/**
 * PostgreSQL 17 with TimescaleDB and the restrictions of a Timescale service: one database, an
 * owner who is no superuser, TimescaleDB preinstalled in {@code public}, no one without TLS.
 *
 * <pre>
 * TimescaleLikeTarget target = new TimescaleLikeTarget(DatabaseImages.target(), "orders.tsdb.cloud.test")
 *     .publishedOnLoopback();
 * </pre>
 */
public final class TimescaleLikeTarget extends LabDatabase<TimescaleLikeTarget> {
  /** The service's owner. */
  public static final String OWNER = "tsdbadmin";

  /** The service's only database. */
  public static final String DATABASE = "tsdb";

  /**
   * @param host host name of the service
   */
  public TimescaleLikeTarget(DockerImageName image, String host) {
    super(image, host, "postgres", OWNER, DATABASE);
    withEnv("TSDBADMIN_PASSWORD", password());
  }
}
