package dev.tsferry.cli.render;

import dev.tsferry.cli.discovery.Discovered;
import dev.tsferry.cli.discovery.finding.Decision;
import dev.tsferry.cli.estimate.CostEstimate;
import dev.tsferry.cli.estimate.TimeEstimate;
import dev.tsferry.plan.DatabaseAddress;
import dev.tsferry.plan.Host;
import dev.tsferry.plan.Hypertable;
import dev.tsferry.plan.MigrationPlan;
import dev.tsferry.plan.Source;
import dev.tsferry.plan.Tls;
import dev.tsferry.plan.Volume;
import dev.tsferry.plan.deployment.ResourceNames;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A plan on one screen: from where, to where, what is created, what is changed and for how long,
 * what it takes and costs, why it is so, what to mind.
 */
public final class PlanSummary {
  private static final int HYPERTABLES_SHOWN = 4;

  private PlanSummary() {}

  /** Prints the plan with its reasons and warnings. */
  public static void print(PrintWriter out, Discovered discovered) {
    MigrationPlan plan = discovered.plan();
    Page page = new Page(out);
    page.line(
        "migration", "%s, account %s, %s".formatted(plan.name(), plan.account(), plan.region()));
    source(page, plan.source(), discovered.facts());
    page.line("target", address(plan.target()));
    hypertables(page, plan.pipeline().hypertables());
    page.blank();
    created(page, plan);
    changed(page, plan);
    estimates(page, plan);
    page.blank();
    String label = "why";
    for (Decision decision : discovered.decisions()) {
      page.line(
          label, "%s %s: %s".formatted(decision.what(), shown(decision, plan), decision.why()));
      label = "";
    }
    if (!discovered.warnings().isEmpty()) {
      page.blank();
      discovered.warnings().forEach(warning -> page.paragraph("warning: " + warning));
    }
  }

  // What stands above already is not repeated.
  private static String shown(Decision decision, MigrationPlan plan) {
    return decision.what().equals("subnet") ? plan.host().subnetId() : decision.choice();
  }

  private static void source(Page page, Source source, List<String> facts) {
    String kind =
        switch (source.kind()) {
          case RDS -> "RDS ";
          case AURORA -> "Aurora cluster ";
          case TIMESCALEDB, POSTGRESQL -> "self-hosted ";
        };
    List<String> about = new ArrayList<>();
    about.add("PostgreSQL " + source.engineVersion());
    about.add(source.availabilityZone());
    about.add("%s in use".formatted(Amounts.bytes(source.sizeBytes())));
    about.addAll(facts);
    page.line("source", kind + source.identifier() + ", " + String.join(", ", about));
    page.line("", address(source.address()));
    page.line(
        "",
        source.managedSecretArn().isPresent()
            ? "password kept by RDS in Secrets Manager"
            : "password to be set by you");
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

  private static void hypertables(Page page, List<Hypertable> hypertables) {
    String label = "hypertables";
    if (hypertables.isEmpty()) {
      page.line(label, "none named (\"tsferry check\" proposes them)");
    }
    for (Hypertable hypertable :
        hypertables.subList(0, Math.min(HYPERTABLES_SHOWN, hypertables.size()))) {
      page.line(
          label,
          "%s by %s, chunks of %s"
              .formatted(
                  hypertable.table(),
                  hypertable.timeColumn(),
                  hypertable.interval().orElse("the default interval")));
      label = "";
    }
    if (hypertables.size() > HYPERTABLES_SHOWN) {
      page.line("", "and %d more".formatted(hypertables.size() - HYPERTABLES_SHOWN));
    }
  }

  private static void created(Page page, MigrationPlan plan) {
    Host host = plan.host();
    String secrets =
        plan.source().managedSecretArn().isPresent()
            ? "the secret %s".formatted(ResourceNames.targetSecret(plan.name()))
            : "the secrets %s and %s"
                .formatted(
                    ResourceNames.targetSecret(plan.name()),
                    ResourceNames.sourceSecret(plan.name()));
    page.line("creates", "stack %s with".formatted(ResourceNames.stack(plan.name())));
    page.line(
        "",
        "one %s, Ubuntu %s, in %s (%s), %s, no way in"
            .formatted(
                host.instanceType(),
                host.ubuntu(),
                host.subnetId(),
                host.availabilityZone(),
                host.publicAddress() ? "public address" : "no public address"));
    page.line("", "encrypted gp3 volumes: " + volumes(host));
    page.line("", "a role, a security group, a command document, a private bucket");
    page.line("", secrets);
  }

  private static String volumes(Host host) {
    String root = "%d GiB for the system".formatted(host.rootVolume().sizeGib());
    return host.dumpVolume()
        .map(Volume::sizeGib)
        .map(gib -> root + ", %d GiB for the dump".formatted(gib))
        .orElse(root);
  }

  private static void changed(Page page, MigrationPlan plan) {
    page.line(
        "changes",
        "security group %s of %s: one rule more, port %d from the host, from \"tsferry up\" to \"tsferry down\""
            .formatted(
                plan.source().securityGroupId(),
                plan.source().identifier(),
                plan.source().address().port()));
  }

  private static void estimates(Page page, MigrationPlan plan) {
    TimeEstimate time = TimeEstimate.of(plan.source().sizeBytes(), plan.pipeline().dataMode());
    page.line(
        "takes",
        "about %d min for the host, then %s in which nothing may write to the source"
            .formatted(time.host().toMinutes(), time.run()));
    CostEstimate cost = CostEstimate.of(plan, time);
    page.line(
        "costs",
        cost.known()
            ? "about %s an hour, %s in all for %.0f h and the data's way out (list prices of %s%s)"
                .formatted(
                    dollars(cost.hourly()),
                    dollars(cost.total()),
                    cost.hours(),
                    cost.pricesOf(),
                    cost.regionKnown() ? "" : ", us-east-1's")
            : "not known for %s; see aws.amazon.com/ec2/pricing/on-demand"
                .formatted(plan.host().instanceType()));
  }

  private static String dollars(double amount) {
    return String.format(Locale.ROOT, "$%.2f", Math.max(0.01, amount));
  }
}
