package dev.tsferry.cli.fake;

import dev.tsferry.cli.discovery.DatabaseInstance;
import dev.tsferry.cli.discovery.DatabaseInstance.Endpoint;
import dev.tsferry.cli.discovery.DatabaseInstance.Login;
import dev.tsferry.cli.discovery.DatabaseInstance.Placement;
import java.util.List;

/** DB instances of all sorts. */
public final class Databases {
  public static final String SECRET =
      "arn:aws:secretsmanager:eu-west-1:123456789012:secret:rds!db-1";

  private Databases() {}

  public static DatabaseInstance orders() {
    return of("postgres", "available", null, List.of("sg-00000001"), "orders", SECRET);
  }

  public static DatabaseInstance of(
      String engine,
      String status,
      String replicaOf,
      List<String> groups,
      String database,
      String secret) {
    return new DatabaseInstance(
        "orders-db",
        engine,
        "15.18",
        status,
        replicaOf,
        20,
        status.equals("creating")
            ? null
            : new Endpoint("orders-db.abc.eu-west-1.rds.amazonaws.com", 5432),
        new Login(database, "postgres", secret, null),
        new Placement("vpc-00000001", "eu-west-1a", groups));
  }
}
