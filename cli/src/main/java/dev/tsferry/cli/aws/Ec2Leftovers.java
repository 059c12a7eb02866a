package dev.tsferry.cli.aws;

import static java.util.Objects.requireNonNull;

import dev.tsferry.cli.teardown.Leftover;
import dev.tsferry.cli.teardown.LeftoverSearch;
import dev.tsferry.plan.deployment.ResourceNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;
import software.amazon.awssdk.services.ec2.model.ReferencedSecurityGroup;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.ec2.model.SecurityGroupRule;
import software.amazon.awssdk.services.ec2.model.TagDescription;

/** What a migration left in EC2: instances, volumes, security groups, rules, and tagged others. */
final class Ec2Leftovers implements LeftoverSearch {
  // These are looked for one by one below, with their state.
  private static final Set<String> LOOKED_FOR =
      Set.of("instance", "volume", "security-group", "security-group-rule");

  private final Ec2Client ec2;

  Ec2Leftovers(Ec2Client ec2) {
    this.ec2 = requireNonNull(ec2, "ec2 is null");
  }

  @Override
  public List<Leftover> search(String name, String sourceSecurityGroup) {
    Filter tagged = Filter.builder().name("tag:" + ResourceNames.TAG).values(name).build();
    List<Leftover> found = new ArrayList<>();
    found.addAll(instances(tagged));
    found.addAll(volumes(tagged));
    List<String> groups = securityGroups(name, found);
    found.addAll(rules(name, sourceSecurityGroup, groups));
    found.addAll(others(name));
    return found;
  }

  private List<Leftover> instances(Filter tagged) {
    return AwsErrors.call(
        "ec2:DescribeInstances",
        "looking for left-over instances",
        () ->
            ec2
                .describeInstancesPaginator(request -> request.filters(tagged))
                .reservations()
                .stream()
                .flatMap(reservation -> reservation.instances().stream())
                .filter(instance -> instance.state().name() != InstanceStateName.TERMINATED)
                .map(
                    instance ->
                        new Leftover(
                            "instance", instance.instanceId(), instance.state().nameAsString()))
                .toList());
  }

  private List<Leftover> volumes(Filter tagged) {
    return AwsErrors.call(
        "ec2:DescribeVolumes",
        "looking for left-over volumes",
        () ->
            ec2.describeVolumesPaginator(request -> request.filters(tagged)).volumes().stream()
                .map(volume -> new Leftover("volume", volume.volumeId(), volume.stateAsString()))
                .toList());
  }

  private List<String> securityGroups(String name, List<Leftover> found) {
    return AwsErrors.call(
        "ec2:DescribeSecurityGroups",
        "looking for left-over security groups",
        () -> {
          List<String> ids = new ArrayList<>();
          for (SecurityGroup group : ec2.describeSecurityGroupsPaginator().securityGroups()) {
            boolean tagged =
                group.tags().stream()
                    .anyMatch(
                        tag -> tag.key().equals(ResourceNames.TAG) && tag.value().equals(name));
            if (tagged || SdkLeftoverSearch.named(group.groupName(), name)) {
              ids.add(group.groupId());
              found.add(new Leftover("security group", group.groupId(), group.groupName()));
            }
          }
          return ids;
        });
  }

  private List<Leftover> rules(String name, String sourceSecurityGroup, List<String> groups) {
    return AwsErrors.call(
        "ec2:DescribeSecurityGroupRules",
        "looking for left-over rules",
        () ->
            ec2
                .describeSecurityGroupRulesPaginator(
                    request ->
                        request.filters(
                            Filter.builder().name("group-id").values(sourceSecurityGroup).build()))
                .securityGroupRules()
                .stream()
                .filter(rule -> !Boolean.TRUE.equals(rule.isEgress()))
                .filter(rule -> fromMigration(rule, name, groups))
                .map(
                    rule ->
                        new Leftover(
                            "security group rule",
                            rule.securityGroupRuleId(),
                            "on " + sourceSecurityGroup))
                .toList());
  }

  private static boolean fromMigration(SecurityGroupRule rule, String name, List<String> groups) {
    ReferencedSecurityGroup from = rule.referencedGroupInfo();
    boolean tagged =
        rule.tags().stream()
            .anyMatch(tag -> tag.key().equals(ResourceNames.TAG) && tag.value().equals(name));
    return tagged
        || (from != null && groups.contains(from.groupId()))
        || mentions(String.valueOf(rule.description()), ResourceNames.stack(name));
  }

  // The name as a whole word: "tsferry-orders" is not mentioned by "tsferry-orders-2".
  private static boolean mentions(String description, String stack) {
    return (" " + description + " ").matches("(?s).*[^a-z0-9-]" + stack + "[^a-z0-9-].*")
        || description.contains(stack + "/");
  }

  // Whatever else EC2 has that carries the tag, such as network interfaces and launch templates.
  private List<Leftover> others(String name) {
    return AwsErrors.call(
        "ec2:DescribeTags",
        "looking for what else carries the tag",
        () ->
            ec2
                .describeTagsPaginator(
                    request ->
                        request.filters(
                            Filter.builder().name("key").values(ResourceNames.TAG).build(),
                            Filter.builder().name("value").values(name).build()))
                .tags()
                .stream()
                .filter(tag -> !LOOKED_FOR.contains(tag.resourceTypeAsString()))
                .map(Ec2Leftovers::other)
                .toList());
  }

  private static Leftover other(TagDescription tag) {
    return new Leftover(
        String.valueOf(tag.resourceTypeAsString()).replace('-', ' '), tag.resourceId(), "tagged");
  }
}
