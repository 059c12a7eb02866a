package dev.tsferry.infra;

import dev.tsferry.plan.MigrationPlan;
import dev.tsferry.plan.deployment.ResourceNames;
import java.util.List;
import software.amazon.awscdk.Tags;
import software.amazon.awscdk.services.ec2.CfnInstance;
import software.amazon.awscdk.services.ec2.CfnInstance.LaunchTemplateSpecificationProperty;
import software.amazon.awscdk.services.ec2.CfnLaunchTemplate;
import software.amazon.awscdk.services.ec2.CfnSecurityGroup;
import software.amazon.awscdk.services.iam.CfnInstanceProfile;
import software.amazon.awscdk.services.iam.Role;
import software.constructs.Construct;

/**
 * The short-lived EC2 instance next to the source, with its volume for dump files.
 *
 * <p>No key pair and no inbound rule: it is reached through SSM alone. Metadata answers only to
 * IMDSv2 and only one hop away. Volumes are encrypted, and go with the instance; a shutdown from
 * within terminates it. What it is made of is in {@link HostTemplate}.
 *
 * <p>Publishes: the instance's id and its security group.
 */
final class MigrationHost extends Construct {
  private final CfnSecurityGroup securityGroup;
  private final CfnInstance instance;

  MigrationHost(Construct scope, String id, MigrationPlan plan, DatabaseSecrets secrets) {
    super(scope, id);
    securityGroup = HostSecurityGroup.create(this, "SecurityGroup", plan);
    Role role = HostRole.create(this, "Role", secrets);
    CfnInstanceProfile profile =
        CfnInstanceProfile.Builder.create(this, "Profile")
            .roles(List.of(role.getRoleName()))
            .build();
    CfnLaunchTemplate template =
        HostTemplate.create(
            this, "Template", plan, securityGroup.getAttrGroupId(), profile.getRef());
    instance =
        CfnInstance.Builder.create(this, "Instance")
            .launchTemplate(
                LaunchTemplateSpecificationProperty.builder()
                    .launchTemplateId(template.getRef())
                    .version(template.getAttrLatestVersionNumber())
                    .build())
            .build();
    // The policy must be there before the agent first asks for it.
    instance.getNode().addDependency(role);
    Tags.of(instance).add("Name", ResourceNames.stack(plan.name()));
  }

  String instanceId() {
    return instance.getRef();
  }

  String securityGroupId() {
    return securityGroup.getAttrGroupId();
  }
}
