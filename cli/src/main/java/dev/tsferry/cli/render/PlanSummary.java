package dev.tsferry.cli.render;

import dev.tsferry.plan.DatabaseAddress;
import dev.tsferry.plan.Host;
import dev.tsferry.plan.Hypertable;
import dev.tsferry.plan.MigrationPlan;
import dev.tsferry.plan.Source;
import dev.tsferry.plan.Tls;
import dev.tsferry.plan.Volume;
import dev.tsferry.plan.deployment.ResourceNames;
import java.io.PrintWriter;
import java.util.List;

/** A plan on one screen: from where, to where, what is created, what is changed, what to mind. */
public final class PlanSummary {
  private PlanSummary() {}

  /** Prints {@code plan} with its warnings. */
  public static void print(PrintWriter out, MigrationPlan plan, List<String> warnings) {
    out.printf("migration   %s%n", plan.name());
    out.printf("account     %s, region %s%n", plan.account(), plan.region());
    source(out, plan.source());
    out.printf("target      %s%n", address(plan.target()));
    hypertables(out, plan.pipeline().hypertables());
    out.println();
    created(out, plan);
    changed(out, plan.source());
    if (!warnings.isEmpty()) {
      out.println();
      warnings.forEach(warning -> out.printf("warning: %s%n", warning));
    }
  }

  private static void source(PrintWriter out, Source source) {
    out.printf("source      %s%n", address(source.address()));
    out.printf(
        "            PostgreSQL %s in %s, about %s, password %s%n",
        source.engineVersion(),
        source.availabilityZone(),
        Amounts.bytes(source.sizeBytes()),
        source.managedSecretArn().isPresent()
            ? "kept by RDS in Secrets Manager"
            : "to be set by you");
  }

  private static String address(DatabaseAddress address) {
    return "%s:%d, database %s as %s, TLS %s"
        .formatted(
            address.host(), address.port(), address.database(), address.user(), tls(address.tls()));
  }

  private static String tls(Tls tls) {
    if (tls.ca() == null) {
      return tls.mode().sslmode();
    }
    boolean keyword = tls.ca().equals(Tls.RDS) || tls.ca().equals(Tls.SYSTEM);
    return "%s (%s)".formatted(tls.mode().sslmode(), keyword ? tls.ca() : "given authority");
  }

  private static void hypertables(PrintWriter out, List<Hypertable> hypertables) {
    String label = "hypertables ";
    if (hypertables.isEmpty()) {
      out.println(label + "none (name them with --hypertable)");
    }
    for (Hypertable hypertable : hypertables) {
      out.printf(
          "%s%s by %s, chunks of %s%n",
          label,
          hypertable.table(),
          hypertable.timeColumn(),
          hypertable.interval().orElse("the default interval"));
      label = " ".repeat(label.length());
    }
  }

  private static void created(PrintWriter out, MigrationPlan plan) {
    Host host = plan.host();
    out.printf("creates     stack %s with%n", ResourceNames.stack(plan.name()));
    out.printf(
        "            one %s, Ubuntu %s (%s), in %s (%s), %s%n",
        host.instanceType(),
        host.ubuntu(),
        host.amiId(),
        host.subnetId(),
        host.availabilityZone(),
        host.publicAddress()
            ? "with a public address and no way in"
            : "no public address, no way in");
    out.printf("            encrypted gp3 volumes: %s root", volume(host.rootVolume()));
    host.dumpVolume().ifPresent(volume -> out.printf(", %s for the dump", volume(volume)));
    out.println();
    out.println("            a role, a security group, a command document, a private bucket");
    out.printf("            the secret %s%n", ResourceNames.targetSecret(plan.name()));
    if (plan.source().managedSecretArn().isEmpty()) {
      out.printf("            the secret %s%n", ResourceNames.sourceSecret(plan.name()));
    }
  }

  private static String volume(Volume volume) {
    return "%d GiB".formatted(volume.sizeGib());
  }

  private static void changed(PrintWriter out, Source source) {
    out.printf(
        "changes     security group %s: one rule more, port %d from the host; it goes with the stack%n",
        source.securityGroupId(), source.address().port());
  }
}
