package dev.tsferry.lab.database;

import org.testcontainers.utility.DockerImageName;

/**
 * PostgreSQL 15 with the restrictions of an RDS instance: its owner is no superuser, cannot read
 * {@code pg_authid} or enter the database {@code rdsadmin}, and meets no one without TLS.
 *
 * <pre>
 * RdsLikeSource source = new RdsLikeSource(DatabaseImages.source(), endpoint)
 *     .withNetwork(vpc).named("tsferry-lab-source");
 * </pre>
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Appendix.PostgreSQL.CommonDBATasks.Roles.rds_superuser.html">The
 *     rds_superuser role</a>
 */
public final class RdsLikeSource extends LabDatabase<RdsLikeSource> {
  /** The master user; not {@code postgres}, since a customer chooses its name. */
  public static final String MASTER_USER = "orders_admin";

  /** The instance's first database. */
  public static final String DATABASE = "orders";

  /**
   * @param endpoint host name of the instance, such as {@code
   *     orders-db.aaaaaaaaaa.us-east-1.rds.amazonaws.com}
   */
  public RdsLikeSource(DockerImageName image, String endpoint) {
    super(image, endpoint, "rdsadmin", MASTER_USER, DATABASE);
    withEnv("MASTER_USER", MASTER_USER);
    withEnv("DATABASE", DATABASE);
    withEnv("MASTER_PASSWORD", password());
  }

  /** Makes the first database anew, empty, so that the next test need not start a server. */
  public void emptied() {
    asSuperuser("postgres", "drop database %s with (force)".formatted(DATABASE));
    asSuperuser("postgres", "create database %s owner %s".formatted(DATABASE, MASTER_USER));
  }
}
