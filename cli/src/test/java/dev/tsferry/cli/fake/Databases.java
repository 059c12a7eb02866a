package dev.tsferry.cli.fake;

import dev.tsferry.cli.discovery.source.DatabaseInstance;
import dev.tsferry.cli.discovery.source.DatabaseTraits;
import dev.tsferry.cli.discovery.source.Endpoint;
import dev.tsferry.cli.discovery.source.Login;
import dev.tsferry.cli.discovery.source.Placement;
import java.util.List;

/** A DB instance of any sort, by what it differs in from the ordinary one. */
public final class Databases {
  public static final String SECRET =
      "arn:aws:secretsmanager:eu-west-1:123456789012:secret:rds!db-1";

  public String identifier = "orders-db";
  public String engine = "postgres";
  public String engineVersion = "15.18";
  public String status = "available";
  public String cluster;
  public String replicaOf;
  public int allocatedGib = 20;
  public boolean listens = true;
  public String database = "orders";
  public String secret = SECRET;
  public String vpc = "vpc-00000001";
  public List<String> groups = List.of("sg-00000001");
  public DatabaseTraits traits = DatabaseTraits.PLAIN;

  /** The ordinary one: available, one security group, its password managed by RDS. */
  public static DatabaseInstance orders() {
    return new Databases().build();
  }

  public DatabaseInstance build() {
    return new DatabaseInstance(
        identifier,
        engine,
        engineVersion,
        "db.m6g.large",
        status,
        cluster,
        replicaOf,
        allocatedGib,
        listens ? new Endpoint(identifier + ".abc.eu-west-1.rds.amazonaws.com", 5432) : null,
        new Login(database, "postgres", secret, null, secret == null ? null : "active"),
        new Placement(vpc, "eu-west-1a", groups),
        traits);
  }
}
