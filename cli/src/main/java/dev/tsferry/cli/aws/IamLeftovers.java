package dev.tsferry.cli.aws;

import static java.util.Objects.requireNonNull;

import dev.tsferry.cli.teardown.Leftover;
import dev.tsferry.plan.deployment.ResourceNames;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.InstanceProfile;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;
import software.amazon.awssdk.services.iam.model.Tag;

/** What a migration left in IAM. */
final class IamLeftovers {
  private final IamClient iam;

  IamLeftovers(IamClient iam) {
    this.iam = requireNonNull(iam, "iam is null");
  }

  List<Look> looks(MigrationMark mark) {
    return List.of(
        new Look("roles", "iam:ListRoles", () -> roles(mark)),
        new Look("instance profiles", "iam:ListInstanceProfiles", () -> profiles(mark)));
  }

  private List<Leftover> roles(MigrationMark mark) {
    return iam.listRolesPaginator().roles().stream()
        .filter(role -> mark.mayBeOn(role.roleName()) && of(mark, role.roleName()))
        .map(role -> new Leftover("role", role.roleName(), "not deleted"))
        .toList();
  }

  // Instance profiles that CloudFormation makes carry no tags, but their roles do.
  private List<Leftover> profiles(MigrationMark mark) {
    return iam.listInstanceProfilesPaginator().instanceProfiles().stream()
        .filter(profile -> mark.mayBeOn(profile.instanceProfileName()))
        .filter(profile -> of(mark, profile))
        .map(
            profile ->
                new Leftover("instance profile", profile.instanceProfileName(), "not deleted"))
        .toList();
  }

  private boolean of(MigrationMark mark, InstanceProfile profile) {
    return profile.roles().isEmpty()
        ? mark.on(profile.instanceProfileName(), Optional.empty())
        : profile.roles().stream().allMatch(role -> of(mark, role.roleName()));
  }

  private boolean of(MigrationMark mark, String roleName) {
    return AwsErrors.call(
        "iam:ListRoleTags",
        "looking whose role %s is".formatted(roleName),
        () -> {
          try {
            return mark.on(
                roleName,
                iam.listRoleTags(request -> request.roleName(roleName)).tags().stream()
                    .filter(tag -> tag.key().equals(ResourceNames.TAG))
                    .map(Tag::value)
                    .findFirst());
          } catch (NoSuchEntityException e) {
            return false;
          }
        });
  }
}
