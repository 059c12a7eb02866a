package dev.tsferry.cli.discovery.source;

import static java.util.Objects.requireNonNull;

import dev.tsferry.cli.discovery.finding.Findings;
import dev.tsferry.plan.outcome.ErrorCode;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a user may call a database by: its identifier, an endpoint or an ARN.
 *
 * <pre>
 * orders-db
 * orders-db.c9akciq32rgw.eu-west-1.rds.amazonaws.com         an instance's endpoint
 * orders.cluster-c9akciq32rgw.eu-west-1.rds.amazonaws.com    a cluster's writer endpoint
 * arn:aws:rds:eu-west-1:123456789012:db:orders-db
 * </pre>
 *
 * @param kind what the form of the name says
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.Overview.Endpoints.html">Aurora's
 *     endpoints</a>
 */
record RdsName(String identifier, Kind kind) {
  private static final Pattern ENDPOINT =
      Pattern.compile(
          "([a-z0-9-]+)[.]((?:cluster-ro|cluster-custom|cluster|proxy)-)?[a-z0-9]+[.]([a-z0-9-]+)[.]rds[.]amazonaws[.]com(?:[.]cn)?[.]?");
  private static final Pattern ARN =
      Pattern.compile("arn:aws[a-z-]*:rds:([a-z0-9-]+):([0-9]{12}):(db|cluster|db-proxy):(.+)");

  enum Kind {
    /** A bare identifier: an instance's or a cluster's. */
    ANY,
    INSTANCE,
    CLUSTER
  }

  RdsName {
    requireNonNull(identifier, "identifier is null");
    requireNonNull(kind, "kind is null");
  }

  /** Whether {@code host} is an endpoint of RDS's. */
  static boolean isEndpoint(String host) {
    return ENDPOINT.matcher(host.toLowerCase(Locale.ROOT)).matches();
  }

  /** Understands {@code typed}, or adds a problem that says why not. */
  static Optional<RdsName> of(String typed, String region, String account, Findings findings) {
    Matcher arn = ARN.matcher(typed);
    if (arn.matches()) {
      return ofArn(arn, region, account, findings);
    }
    Matcher endpoint = ENDPOINT.matcher(typed.toLowerCase(Locale.ROOT));
    if (endpoint.matches()) {
      return ofEndpoint(typed, endpoint, region, findings);
    }
    return Optional.of(new RdsName(typed.toLowerCase(Locale.ROOT), Kind.ANY));
  }

  private static Optional<RdsName> ofArn(
      Matcher arn, String region, String account, Findings findings) {
    if (!arn.group(2).equals(account)) {
      findings.problem(
          ErrorCode.BAD_ARGUMENT,
          "looking up %s: it belongs to account %s, the credentials to %s"
              .formatted(arn.group(), arn.group(2), account),
          "choose credentials of account %s, for example with AWS_PROFILE".formatted(arn.group(2)));
      return Optional.empty();
    }
    if (arn.group(3).equals("db-proxy")) {
      return proxy(arn.group(), null, findings);
    }
    Kind kind = arn.group(3).equals("cluster") ? Kind.CLUSTER : Kind.INSTANCE;
    return inRegion(arn.group(), arn.group(1), region, findings)
        ? Optional.of(new RdsName(arn.group(4), kind))
        : Optional.empty();
  }

  private static Optional<RdsName> ofEndpoint(
      String typed, Matcher endpoint, String region, Findings findings) {
    String sort = endpoint.group(2) == null ? "" : endpoint.group(2);
    if (sort.equals("proxy-")) {
      return proxy(typed, endpoint.group(1), findings);
    }
    if (!inRegion(typed, endpoint.group(3), region, findings)) {
      return Optional.empty();
    }
    if (sort.equals("cluster-custom-")) {
      findings.problem(
          ErrorCode.BAD_ARGUMENT,
          "looking up %s: that is a custom endpoint of an Aurora cluster, which may lead to a reader"
              .formatted(typed),
          "name the cluster with --rds");
      return Optional.empty();
    }
    if (sort.equals("cluster-ro-")) {
      findings.warn(
          "%s is the reader endpoint; the plan uses the writer's of the same cluster"
              .formatted(typed));
    }
    return Optional.of(
        new RdsName(endpoint.group(1), sort.isEmpty() ? Kind.INSTANCE : Kind.CLUSTER));
  }

  private static boolean inRegion(String typed, String its, String region, Findings findings) {
    if (its.equals(region)) {
      return true;
    }
    findings.problem(
        ErrorCode.BAD_ARGUMENT,
        "looking up %s: it is in region %s, and %s is in force".formatted(typed, its, region),
        "add --region " + its);
    return false;
  }

  private static Optional<RdsName> proxy(String typed, String name, Findings findings) {
    findings.problem(
        ErrorCode.AWS_UNSUPPORTED_SOURCE,
        "looking up %s: that is an RDS Proxy, which ends long sessions and hides the database behind it"
            .formatted(typed),
        name == null
            ? "name the instance or cluster behind it with --rds"
            : "name what is behind it with --rds: aws rds describe-db-proxy-targets --db-proxy-name "
                + name);
    return Optional.empty();
  }
}
