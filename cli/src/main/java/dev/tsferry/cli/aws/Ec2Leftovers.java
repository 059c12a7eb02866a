package dev.tsferry.cli.aws;

import static java.util.Objects.requireNonNull;

import dev.tsferry.cli.teardown.Leftover;
import dev.tsferry.plan.deployment.ResourceNames;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;
import software.amazon.awssdk.services.ec2.model.ReferencedSecurityGroup;
import software.amazon.awssdk.services.ec2.model.SecurityGroup;
import software.amazon.awssdk.services.ec2.model.SecurityGroupRule;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagDescription;

/** What a migration left in EC2. */
final class Ec2Leftovers {
  // These are looked for one by one, since EC2 lists tags of what is gone for a while.
  private static final Set<String> LOOKED_FOR =
      Set.of(
          "instance",
          "volume",
          "snapshot",
          "network-interface",
          "launch-template",
          "security-group",
          "security-group-rule");

  private final Ec2Client ec2;

  Ec2Leftovers(Ec2Client ec2) {
    this.ec2 = requireNonNull(ec2, "ec2 is null");
  }

  List<Look> looks(MigrationMark mark, String sourceSecurityGroup) {
    return List.of(
        new Look("instances", "ec2:DescribeInstances", () -> instances(mark)),
        new Look("volumes", "ec2:DescribeVolumes", () -> volumes(mark)),
        new Look("snapshots", "ec2:DescribeSnapshots", () -> snapshots(mark)),
        new Look("network interfaces", "ec2:DescribeNetworkInterfaces", () -> interfaces(mark)),
        new Look("launch templates", "ec2:DescribeLaunchTemplates", () -> templates(mark)),
        new Look("security groups", "ec2:DescribeSecurityGroups", () -> securityGroups(mark)),
        new Look(
            "security group rules",
            "ec2:DescribeSecurityGroupRules",
            () -> rules(mark, sourceSecurityGroup)),
        new Look("other tagged things", "ec2:DescribeTags", () -> others(mark)));
  }

  private List<Leftover> instances(MigrationMark mark) {
    return ec2
        .describeInstancesPaginator(request -> request.filters(mark.filter()))
        .reservations()
        .stream()
        .flatMap(reservation -> reservation.instances().stream())
        .filter(instance -> instance.state().name() != InstanceStateName.TERMINATED)
        .map(
            instance ->
                new Leftover("instance", instance.instanceId(), instance.state().nameAsString()))
        .toList();
  }

  private List<Leftover> volumes(MigrationMark mark) {
    return ec2
        .describeVolumesPaginator(request -> request.filters(mark.filter()))
        .volumes()
        .stream()
        .map(volume -> new Leftover("volume", volume.volumeId(), volume.stateAsString()))
        .toList();
  }

  private List<Leftover> snapshots(MigrationMark mark) {
    return ec2
        .describeSnapshotsPaginator(request -> request.ownerIds("self").filters(mark.filter()))
        .snapshots()
        .stream()
        .map(snapshot -> new Leftover("snapshot", snapshot.snapshotId(), snapshot.stateAsString()))
        .toList();
  }

  private List<Leftover> interfaces(MigrationMark mark) {
    return ec2
        .describeNetworkInterfacesPaginator(request -> request.filters(mark.filter()))
        .networkInterfaces()
        .stream()
        .map(
            found ->
                new Leftover(
                    "network interface", found.networkInterfaceId(), found.statusAsString()))
        .toList();
  }

  private List<Leftover> templates(MigrationMark mark) {
    return ec2
        .describeLaunchTemplatesPaginator(request -> request.filters(mark.filter()))
        .launchTemplates()
        .stream()
        .map(
            found ->
                new Leftover(
                    "launch template", found.launchTemplateId(), found.launchTemplateName()))
        .toList();
  }

  private List<Leftover> securityGroups(MigrationMark mark) {
    return groups(mark).stream()
        .map(group -> new Leftover("security group", group.groupId(), group.groupName()))
        .toList();
  }

  private List<SecurityGroup> groups(MigrationMark mark) {
    return ec2.describeSecurityGroupsPaginator().securityGroups().stream()
        .filter(group -> mark.on(group.groupName(), tag(group.tags())))
        .toList();
  }

  private List<Leftover> rules(MigrationMark mark, String sourceSecurityGroup) {
    Set<String> groups =
        groups(mark).stream().map(SecurityGroup::groupId).collect(Collectors.toSet());
    Filter ofSource = Filter.builder().name("group-id").values(sourceSecurityGroup).build();
    return ec2
        .describeSecurityGroupRulesPaginator(request -> request.filters(ofSource))
        .securityGroupRules()
        .stream()
        .filter(rule -> !Boolean.TRUE.equals(rule.isEgress()))
        .filter(rule -> fromMigration(rule, mark, groups))
        .map(
            rule ->
                new Leftover(
                    "security group rule", rule.securityGroupRuleId(), "on " + sourceSecurityGroup))
        .toList();
  }

  private static boolean fromMigration(
      SecurityGroupRule rule, MigrationMark mark, Set<String> groups) {
    ReferencedSecurityGroup from = rule.referencedGroupInfo();
    return tag(rule.tags()).filter(mark.name()::equals).isPresent()
        || (from != null && groups.contains(from.groupId()))
        || mark.mentionedIn(String.valueOf(rule.description()));
  }

  private List<Leftover> others(MigrationMark mark) {
    return ec2
        .describeTagsPaginator(
            request ->
                request.filters(
                    Filter.builder().name("key").values(ResourceNames.TAG).build(),
                    Filter.builder().name("value").values(mark.name()).build()))
        .tags()
        .stream()
        .filter(tag -> !LOOKED_FOR.contains(tag.resourceTypeAsString()))
        .map(Ec2Leftovers::other)
        .toList();
  }

  private static Leftover other(TagDescription tag) {
    return new Leftover(
        String.valueOf(tag.resourceTypeAsString()).replace('-', ' '), tag.resourceId(), "tagged");
  }

  private static Optional<String> tag(List<Tag> tags) {
    return tags.stream()
        .filter(tag -> tag.key().equals(ResourceNames.TAG))
        .map(Tag::value)
        .findFirst();
  }
}
