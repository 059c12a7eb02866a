package dev.tsferry.cli.aws;

import static java.util.Objects.requireNonNull;

import dev.tsferry.cli.teardown.Leftover;
import dev.tsferry.cli.teardown.LeftoverSearch;
import dev.tsferry.plan.deployment.ResourceNames;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.InstanceProfile;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;
import software.amazon.awssdk.services.iam.model.Role;

/** What a migration left in IAM. */
final class IamLeftovers implements LeftoverSearch {
  private final IamClient iam;

  IamLeftovers(IamClient iam) {
    this.iam = requireNonNull(iam, "iam is null");
  }

  @Override
  public List<Leftover> search(String name, String sourceSecurityGroup) {
    List<Leftover> found = new ArrayList<>();
    for (Role role : roles()) {
      if (ofMigration(role.roleName(), name)) {
        found.add(new Leftover("role", role.roleName(), "named after the stack"));
      }
    }
    for (InstanceProfile profile : profiles()) {
      if (SdkLeftoverSearch.named(profile.instanceProfileName(), name)
          && profile.roles().stream().allMatch(role -> ofMigration(role.roleName(), name))) {
        found.add(
            new Leftover(
                "instance profile", profile.instanceProfileName(), "named after the stack"));
      }
    }
    return found;
  }

  // Of a migration "orders", "tsferry-orders-db-..." may be of another one called "orders-db".
  private boolean ofMigration(String roleName, String name) {
    return SdkLeftoverSearch.named(roleName, name)
        && AwsErrors.call(
            "iam:ListRoleTags",
            "looking whose role %s is".formatted(roleName),
            () -> {
              try {
                return iam.listRoleTags(request -> request.roleName(roleName)).tags().stream()
                    .filter(tag -> tag.key().equals(ResourceNames.TAG))
                    .allMatch(tag -> tag.value().equals(name));
              } catch (NoSuchEntityException e) {
                return false;
              }
            });
  }

  private List<Role> roles() {
    return AwsErrors.call(
        "iam:ListRoles",
        "looking for left-over roles",
        () -> iam.listRolesPaginator().roles().stream().toList());
  }

  private List<InstanceProfile> profiles() {
    return AwsErrors.call(
        "iam:ListInstanceProfiles",
        "looking for left-over instance profiles",
        () -> iam.listInstanceProfilesPaginator().instanceProfiles().stream().toList());
  }
}
