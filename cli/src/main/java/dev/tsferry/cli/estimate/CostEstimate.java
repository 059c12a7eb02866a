package dev.tsferry.cli.estimate;

import dev.tsferry.plan.Host;
import dev.tsferry.plan.MigrationPlan;
import dev.tsferry.plan.Volume;
import java.time.Duration;
import java.util.OptionalDouble;

/**
 * What a migration costs on AWS's bill, in US dollars.
 *
 * @param hourly while the stack exists; negative where the instance's price is not known
 * @param hours that the stack is likely to exist at most
 * @param transfer for the data, once; at most, since rows are smaller than the database
 * @param pricesOf when the prices were noted, such as {@code 2026-06}
 * @param regionKnown whether the region is in the table; us-east-1's prices are taken if not
 */
public record CostEstimate(
    double hourly, double hours, double transfer, String pricesOf, boolean regionKnown) {
  private static final double HOURS_A_MONTH = 730;
  private static final double GB = 1e9;
  private static final Duration AROUND = Duration.ofHours(1);
  private static final int BASE_IOPS = 3000;
  private static final int BASE_MIBPS = 125;

  /** The estimate for {@code plan}, if it takes as long as {@code time} at most. */
  public static CostEstimate of(MigrationPlan plan, TimeEstimate time) {
    Prices prices = new Prices();
    OptionalDouble multiple = prices.multiple(plan.region());
    double hours = Math.ceil(time.host().plus(time.atMost()).plus(AROUND).toMinutes() / 60.0);
    return new CostEstimate(
        hourly(plan, prices, multiple.orElse(1)),
        hours,
        transfer(plan, prices),
        prices.date(),
        multiple.isPresent());
  }

  /** Everything, from deployment to teardown. */
  public double total() {
    return hourly * hours + transfer;
  }

  public boolean known() {
    return hourly >= 0;
  }

  private static double hourly(MigrationPlan plan, Prices prices, double multiple) {
    Host host = plan.host();
    OptionalDouble instance = prices.instance(host.instanceType());
    if (instance.isEmpty()) {
      return -1;
    }
    double volumes =
        volume(host.rootVolume(), prices)
            + host.dumpVolume().map(volume -> volume(volume, prices)).orElse(0.0);
    int secrets = plan.source().managedSecretArn().isPresent() ? 1 : 2;
    return (instance.getAsDouble() + volumes / HOURS_A_MONTH) * multiple
        + secrets * prices.of("secret") / HOURS_A_MONTH
        + (host.publicAddress() ? prices.of("address.hour") : 0);
  }

  private static double volume(Volume volume, Prices prices) {
    return volume.sizeGib() * prices.of("gp3.gib")
        + Math.max(0, volume.iops() - BASE_IOPS) * prices.of("gp3.iops")
        + Math.max(0, volume.throughputMibps() - BASE_MIBPS) * prices.of("gp3.mibps");
  }

  private static double transfer(MigrationPlan plan, Prices prices) {
    Host host = plan.host();
    boolean otherZone = !host.availabilityZone().equals(plan.source().availabilityZone());
    double each =
        prices.of("transfer.out")
            + (host.publicAddress() ? 0 : prices.of("transfer.nat"))
            + (otherZone ? prices.of("transfer.zone") : 0);
    return plan.source().sizeBytes() / GB * each;
  }
}
