package dev.tsferry.plan;

import java.util.List;

/** A plan with every field set. */
final class SamplePlan {
  private SamplePlan() {}

  static MigrationPlan plan() {
    DatabaseAddress source =
        new DatabaseAddress(
            "orders-db.aaaaaaaaaa.us-east-1.rds.amazonaws.com",
            5432,
            "orders",
            "orders_admin",
            new Tls(TlsMode.VERIFY_FULL, Tls.RDS));
    return new MigrationPlan(
        MigrationPlan.VERSION,
        "orders",
        "123456789012",
        "us-east-1",
        new Source(
            SourceKind.RDS,
            "orders-db",
            source,
            "arn:aws:secretsmanager:us-east-1:123456789012:secret:rds!db-1-AbCdEf",
            "arn:aws:kms:us-east-1:123456789012:key/1234",
            "15.18",
            700_000_000,
            "vpc-0a1b2c3d",
            "sg-0a1b2c3d",
            "us-east-1a"),
        new Host(
            "subnet-0a1b2c3d",
            "us-east-1a",
            true,
            "m7i.large",
            Architecture.X86_64,
            "ami-0a1b2c3d",
            "24.04",
            new Volume(20, 3000, 125, null),
            new Volume(40, 4000, 500, "arn:aws:kms:us-east-1:123456789012:key/5678"),
            48,
            new CustomerKeys(
                "arn:aws:kms:us-east-1:123456789012:key/9abc",
                "arn:aws:kms:us-east-1:123456789012:key/def0"),
            new HostNetwork(
                null, List.of("10.40.0.0/16"), List.of("pl-63a5400a"), List.of("10.20.0.2/32")),
            new HostSoftware(
                "http://proxy.test:3128",
                "https://mirror.test/ubuntu",
                "https://mirror.test/pgdg",
                "https://mirror.test/rds.pem")),
        new DatabaseAddress(
            "orders.tsdb.cloud.test", 31000, "tsdb", "tsdbadmin", new Tls(TlsMode.REQUIRE, null)),
        new Pipeline(
            DataMode.DUMP,
            List.of(
                new Hypertable(
                    new TableName("telemetry", "Sensor \"Log\" 🌡"), "taken at", "7 days")),
            true,
            VerifyLevel.COUNTS,
            15,
            false));
  }
}
