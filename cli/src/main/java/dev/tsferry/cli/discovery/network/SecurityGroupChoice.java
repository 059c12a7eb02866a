package dev.tsferry.cli.discovery.network;

import static java.util.Objects.requireNonNull;

import dev.tsferry.cli.discovery.finding.Choice;
import dev.tsferry.cli.discovery.finding.Findings;
import dev.tsferry.cli.discovery.network.NetworkDirectory.SecurityGroup;
import dev.tsferry.plan.outcome.ErrorCode;
import java.util.List;
import java.util.Optional;

/**
 * Chooses to which of the source's security groups the stack adds its one rule. The rule is the
 * same in any of them; it belongs in the one that is there for the database's clients, which is the
 * only one that has a rule for the database's port already.
 */
public final class SecurityGroupChoice {
  private static final String CHOOSING = "choosing the security group";
  private static final String OPTION = "--security-group";
  // Of inbound rules in a group, unless AWS raised it.
  private static final int QUOTA = 60;

  private final NetworkDirectory network;
  private final String account;

  public SecurityGroupChoice(NetworkDirectory network, String account) {
    this.network = requireNonNull(network, "network is null");
    this.account = requireNonNull(account, "account is null");
  }

  /**
   * The id of the group, or empty and a problem.
   *
   * @param identifier whose groups they are
   * @param ids the groups of the source
   * @param port that the source listens on
   * @param wanted the one that the user named, if any
   * @param planned the one of an earlier plan, which is kept while it will do
   */
  public Optional<String> choose(
      String identifier,
      List<String> ids,
      int port,
      Optional<String> wanted,
      Optional<String> planned,
      Findings findings) {
    if (ids.isEmpty()) {
      findings.problem(
          ErrorCode.AWS_UNSUPPORTED_SOURCE,
          "%s: %s has none, and the rule that lets the host in goes to one"
              .formatted(CHOOSING, identifier));
      return Optional.empty();
    }
    Optional<List<SecurityGroup>> groups = findings.need(() -> network.securityGroups(ids));
    if (groups.isEmpty()) {
      return Optional.empty();
    }
    Optional<SecurityGroup> chosen =
        wanted.isPresent()
            ? named(identifier, groups.get(), wanted.get(), findings)
            : planned(groups.get(), planned, findings)
                .or(() -> best(identifier, groups.get(), port, findings));
    chosen.ifPresent(group -> mind(group, findings));
    return chosen.map(SecurityGroup::id);
  }

  private static Optional<SecurityGroup> named(
      String identifier, List<SecurityGroup> groups, String wanted, Findings findings) {
    Optional<SecurityGroup> group =
        groups.stream().filter(candidate -> candidate.id().equals(wanted)).findFirst();
    if (group.isEmpty()) {
      findings.problem(
          ErrorCode.BAD_ARGUMENT,
          "%s: %s is not one of %s, which has %s"
              .formatted(CHOOSING, wanted, identifier, texts(groups)));
    }
    group.ifPresent(
        found -> findings.decided("security group", text(found), "named with " + OPTION));
    return group;
  }

  private Optional<SecurityGroup> planned(
      List<SecurityGroup> groups, Optional<String> planned, Findings findings) {
    Optional<SecurityGroup> group =
        groups.stream()
            .filter(this::own)
            .filter(candidate -> Optional.of(candidate.id()).equals(planned))
            .findFirst();
    group.ifPresent(
        found ->
            findings.decided(
                "security group", text(found), "as planned before, and it still will do"));
    return group;
  }

  private Optional<SecurityGroup> best(
      String identifier, List<SecurityGroup> groups, int port, Findings findings) {
    List<SecurityGroup> own = groups.stream().filter(this::own).toList();
    if (own.isEmpty()) {
      findings.problem(
          ErrorCode.AWS_UNSUPPORTED_SOURCE,
          "%s: those of %s belong to another account, which alone can add a rule: %s"
              .formatted(CHOOSING, identifier, texts(groups)),
          "add a security group of your own to %s".formatted(identifier));
      return Optional.empty();
    }
    if (own.size() == 1) {
      findings.decided(
          "security group",
          text(own.get(0)),
          groups.size() == 1
              ? "%s has no other".formatted(identifier)
              : "the others of %s belong to another account".formatted(identifier));
      return Optional.of(own.get(0));
    }
    List<SecurityGroup> forClients =
        own.stream()
            .filter(group -> group.inbound().stream().anyMatch(rule -> opens(rule, port)))
            .toList();
    if (forClients.size() == 1) {
      findings.decided(
          "security group",
          text(forClients.get(0)),
          "the only one of %d with a rule for port %d, so it is there for the database's clients"
              .formatted(own.size(), port));
      return Optional.of(forClients.get(0));
    }
    String why =
        forClients.isEmpty()
            ? "none of the %d of %s has a rule for port %d yet, and the rule goes to one"
                .formatted(own.size(), identifier, port)
            : "%d of %s have a rule for port %d, and the new rule goes to one"
                .formatted(forClients.size(), identifier, port);
    List<SecurityGroup> open = forClients.isEmpty() ? own : forClients;
    return findings
        .choose(
            CHOOSING,
            why,
            open.stream().map(group -> new Choice(group.id(), text(group))).toList(),
            OPTION)
        .flatMap(
            choice -> open.stream().filter(group -> group.id().equals(choice.value())).findFirst());
  }

  // A rule for all ports is for anything but database clients.
  private static boolean opens(NetworkDirectory.Rule rule, int port) {
    return rule.covers(port) && rule.toPort() - rule.fromPort() < 1000;
  }

  private boolean own(SecurityGroup group) {
    return group.owner() == null || group.owner().equals(account);
  }

  private static void mind(SecurityGroup group, Findings findings) {
    int rules = group.inbound().stream().mapToInt(rule -> rule.sources().size()).sum();
    if (rules >= QUOTA) {
      findings.warn(
          "security group %s has %d inbound rules, and %d is the quota unless it was raised: the stack's rule may be refused"
              .formatted(group.id(), rules, QUOTA));
    }
  }

  private static String texts(List<SecurityGroup> groups) {
    return String.join(", ", groups.stream().map(SecurityGroupChoice::text).toList());
  }

  private static String text(SecurityGroup group) {
    return "%s (%s)".formatted(group.id(), group.name());
  }
}
