package dev.tsferry.lab.database;

import java.sql.Connection;
import java.sql.SQLException;
import org.testcontainers.utility.DockerImageName;

/**
 * PostgreSQL 17 with TimescaleDB as somebody runs it on machines of their own: its superuser logs
 * in from outside, and an application's role owns a part of what is there.
 *
 * <pre>
 * SelfHostedTimescale source = new SelfHostedTimescale(DatabaseImages.timescaledbSource(), "localhost")
 *     .publishedOnLoopback();
 * </pre>
 */
public final class SelfHostedTimescale extends LabDatabase<SelfHostedTimescale> {
  /** The superuser. */
  public static final String SUPERUSER = "postgres";

  /** The database with TimescaleDB in {@code public}. */
  public static final String DATABASE = "metrics";

  /** The application's role, with the superuser's password. */
  public static final String APPLICATION = "metrics_app";

  /** A version of TimescaleDB that both this server and the target can have besides the usual. */
  public static final String OTHER_VERSION = "2.19.2";

  /**
   * @param host host name of the server
   */
  public SelfHostedTimescale(DockerImageName image, String host) {
    super(image, host, SUPERUSER, SUPERUSER, DATABASE);
    withEnv("SUPERUSER_PASSWORD", password());
  }

  /**
   * Makes hypertables of several kinds and an application's schema next to them in the database
   * that {@code superuser} is connected to.
   */
  public static void createMetrics(Connection superuser) throws SQLException {
    new SqlScript("timescaledb/metrics.sql").run(superuser);
  }
}
