package dev.tsferry.cli.discovery.source;

import static java.util.Objects.requireNonNull;

import dev.tsferry.cli.discovery.finding.Choice;
import dev.tsferry.cli.discovery.finding.Findings;
import dev.tsferry.cli.discovery.source.DatabaseDirectory.Listed;
import dev.tsferry.cli.discovery.source.RdsName.Kind;
import dev.tsferry.plan.outcome.ErrorCode;
import java.util.List;
import java.util.Optional;

/** Finds a database of RDS's by any of its names, and settles which one is meant. */
public final class RdsSource {
  private static final int SHOWN = 12;
  private static final String LOOKING = "looking up the database ";

  private final DatabaseDirectory databases;
  private final InstanceSource instances;
  private final ClusterSource clusters;
  private final String account;
  private final String region;

  /**
   * @param account the one that the credentials belong to, 12 digits
   * @param region the one in force
   */
  public RdsSource(
      DatabaseDirectory databases,
      InstanceSource instances,
      ClusterSource clusters,
      String account,
      String region) {
    this.databases = requireNonNull(databases, "databases is null");
    this.instances = requireNonNull(instances, "instances is null");
    this.clusters = requireNonNull(clusters, "clusters is null");
    this.account = requireNonNull(account, "account is null");
    this.region = requireNonNull(region, "region is null");
  }

  /**
   * The database called {@code typed}, which may be an identifier, an endpoint or an ARN; empty,
   * and the problem said, where there is none that could be carried.
   */
  public Optional<SourceDatabase> find(String typed, Findings findings) {
    return RdsName.of(typed, region, account, findings).flatMap(name -> find(name, findings));
  }

  /** Lets the user choose among the databases that there are. */
  public Optional<SourceDatabase> choose(Findings findings) {
    List<Choice> choices =
        findings.need(databases::list).orElse(List.of()).stream()
            .filter(listed -> Engine.isPostgres(listed.engine()))
            .map(this::choice)
            .toList();
    if (choices.isEmpty()) {
      if (!findings.blocked()) {
        findings.problem(
            ErrorCode.AWS_NOT_FOUND,
            "looking for a database to carry: account %s has no PostgreSQL in %s"
                .formatted(account, region),
            "choose another --region, or name a self-hosted one with --source HOST:PORT/DATABASE");
      }
      return Optional.empty();
    }
    return findings
        .choose(
            "choosing the source",
            "account %s in %s has".formatted(account, region),
            choices,
            "--rds")
        .flatMap(choice -> find(choice.value(), findings));
  }

  private Optional<SourceDatabase> find(RdsName name, Findings findings) {
    Optional<DatabaseInstance> instance =
        name.kind() == Kind.CLUSTER
            ? Optional.empty()
            : findings.need(() -> databases.instance(name.identifier())).flatMap(found -> found);
    if (instance.isPresent() && instance.get().cluster() != null) {
      return ofMember(instance.get(), findings);
    }
    Optional<DatabaseCluster> cluster =
        name.kind() == Kind.INSTANCE
            ? Optional.empty()
            : cluster(name.identifier(), instance.isPresent(), findings);
    if (instance.isPresent() && cluster.isPresent()) {
      return ofBoth(instance.get(), cluster.get(), findings);
    }
    if (instance.isPresent()) {
      return instances.carry(instance.get(), findings);
    }
    if (cluster.isPresent()) {
      return clusters.carry(cluster.get(), findings);
    }
    return findings.blocked() ? Optional.empty() : similar(name.identifier(), findings);
  }

  // Where the instance is found, its namesake is only a possibility.
  private Optional<DatabaseCluster> cluster(String name, boolean found, Findings findings) {
    return found
        ? findings
            .want(
                "whether there is a cluster of the same name is not known",
                () -> databases.cluster(name))
            .flatMap(cluster -> cluster)
        : findings.need(() -> databases.cluster(name)).flatMap(cluster -> cluster);
  }

  private Optional<SourceDatabase> ofMember(DatabaseInstance member, Findings findings) {
    if (!Engine.check(member.identifier(), member.engine(), findings)) {
      return Optional.empty();
    }
    findings.decided(
        "source",
        "cluster " + member.cluster(),
        "%s is a member of it, and only the writer endpoint always leads to the writer"
            .formatted(member.identifier()));
    return findings
        .need(() -> databases.cluster(member.cluster()))
        .flatMap(found -> found)
        .flatMap(cluster -> clusters.carry(cluster, findings));
  }

  private Optional<SourceDatabase> ofBoth(
      DatabaseInstance instance, DatabaseCluster cluster, Findings findings) {
    Choice one = choice("db", instance.identifier(), "DB instance, " + instance.engine());
    Choice other = choice("cluster", cluster.identifier(), "DB cluster, " + cluster.engine());
    Optional<Choice> chosen =
        findings.choose(
            LOOKING + instance.identifier(),
            "a DB instance and a DB cluster have this name",
            List.of(one, other),
            "--rds ARN");
    if (chosen.isEmpty()) {
      return Optional.empty();
    }
    return chosen.get().equals(one)
        ? instances.carry(instance, findings)
        : clusters.carry(cluster, findings);
  }

  // A name that is nearly right is the likeliest mistake, and AWS has the right one.
  private Optional<SourceDatabase> similar(String identifier, Findings findings) {
    List<Listed> all =
        findings.want("no other databases could be listed", databases::list).orElse(List.of());
    List<Choice> near =
        all.stream()
            .filter(listed -> Engine.isPostgres(listed.engine()))
            .filter(
                listed ->
                    listed.identifier().contains(identifier)
                        || identifier.contains(listed.identifier()))
            .map(this::choice)
            .toList();
    String none = "account %s has none of that name in %s".formatted(account, region);
    if (!near.isEmpty()) {
      return findings
          .choose(LOOKING + identifier, none + ", but similar ones", near, "--rds")
          .flatMap(choice -> find(choice.value(), findings));
    }
    List<String> names = all.stream().map(listed -> choice(listed).text()).toList();
    String list =
        names.isEmpty()
            ? "; it has no database there at all"
            : "; it has\n  "
                + String.join("\n  ", names.subList(0, Math.min(SHOWN, names.size())))
                + (names.size() > SHOWN ? "\n  and %d more".formatted(names.size() - SHOWN) : "");
    findings.problem(
        ErrorCode.AWS_NOT_FOUND,
        LOOKING + identifier + ": " + none + list,
        "name another with --rds, or choose another --region or AWS_PROFILE");
    return Optional.empty();
  }

  private Choice choice(Listed listed) {
    return listed.cluster()
        ? new Choice(
            arn("cluster", listed.identifier()),
            "%s (DB cluster, %s)".formatted(listed.identifier(), listed.engine()))
        : new Choice(
            arn("db", listed.identifier()),
            "%s (DB instance, %s)".formatted(listed.identifier(), listed.engine()));
  }

  private Choice choice(String sort, String identifier, String text) {
    return new Choice(arn(sort, identifier), "%s (%s)".formatted(arn(sort, identifier), text));
  }

  private String arn(String sort, String identifier) {
    String partition =
        region.startsWith("cn-") ? "aws-cn" : region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
    return "arn:%s:rds:%s:%s:%s:%s".formatted(partition, region, account, sort, identifier);
  }
}
