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

  private static final String ELSEWHERE = "postgres";
  private static final String UNTOUCHED = "untouched";

  /**
   * @param host host name of the service
   */
  public TimescaleLikeTarget(DockerImageName image, String host) {
    super(image, host, "postgres", OWNER, DATABASE);
    withEnv("TSDBADMIN_PASSWORD", password());
  }

  /** Puts a copy of the untouched database aside for {@link #emptied}. */
  public void keptForLater() {
    String others = "select pg_terminate_backend(pid) from pg_stat_activity where datname = '%s'";
    asSuperuser(ELSEWHERE, "alter database %s allow_connections false".formatted(DATABASE));
    // TimescaleDB's own worker is one of them.
    asSuperuser(ELSEWHERE, others.formatted(DATABASE));
    asSuperuser(ELSEWHERE, "create database %s template %s".formatted(UNTOUCHED, DATABASE));
    asSuperuser(ELSEWHERE, "alter database %s allow_connections false".formatted(UNTOUCHED));
    asSuperuser(ELSEWHERE, "alter database %s allow_connections true".formatted(DATABASE));
  }

  /**
   * Makes the database anew as it was when it was {@link #keptForLater}, so that the next test need
   * not start a server; roles stay.
   */
  public void emptied() {
    asSuperuser(ELSEWHERE, "drop database %s with (force)".formatted(DATABASE));
    asSuperuser(
        ELSEWHERE, "create database %s template %s owner %s".formatted(DATABASE, UNTOUCHED, OWNER));
  }
}
