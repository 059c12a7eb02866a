package dev.tsferry.plan.report;

import java.util.List;

/**
 * Where the target's people help.
 *
 * @see <a href="https://docs.tigerdata.com/migrate/latest/">Migrate your data</a>
 */
public final class Support {
  /** Requests of a service's owner, such as for disk that is provisioned beforehand. */
  public static final String CONSOLE = "https://console.cloud.timescale.com/dashboard/support";

  /** The same by letter. */
  public static final String EMAIL = "support@timescale.com";

  /** The community, in its channel #migration. */
  public static final String SLACK = "https://slack.timescale.com/";

  private Support() {}

  /** All three in words. */
  public static List<String> all() {
    return List.of(
        "support request: " + CONSOLE,
        "e-mail: " + EMAIL,
        "community: " + SLACK + ", channel #migration");
  }
}
