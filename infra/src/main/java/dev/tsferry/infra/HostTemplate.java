package dev.tsferry.infra;

import dev.tsferry.plan.Host;
import dev.tsferry.plan.MigrationPlan;
import dev.tsferry.plan.Volume;
import dev.tsferry.plan.deployment.ResourceNames;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import software.amazon.awscdk.CfnTag;
import software.amazon.awscdk.services.ec2.CfnLaunchTemplate;
import software.amazon.awscdk.services.ec2.CfnLaunchTemplate.BlockDeviceMappingProperty;
import software.amazon.awscdk.services.ec2.CfnLaunchTemplate.EbsProperty;
import software.amazon.awscdk.services.ec2.CfnLaunchTemplate.IamInstanceProfileProperty;
import software.amazon.awscdk.services.ec2.CfnLaunchTemplate.LaunchTemplateDataProperty;
import software.amazon.awscdk.services.ec2.CfnLaunchTemplate.LaunchTemplateTagSpecificationProperty;
import software.amazon.awscdk.services.ec2.CfnLaunchTemplate.MetadataOptionsProperty;
import software.amazon.awscdk.services.ec2.CfnLaunchTemplate.NetworkInterfaceProperty;
import software.amazon.awscdk.services.ec2.CfnLaunchTemplate.TagSpecificationProperty;
import software.constructs.Construct;

/**
 * Everything that the host is, as a launch template: an instance by itself can set neither the
 * throughput of its volumes nor the tags of its volumes and interface.
 *
 * <p>It has no name of its own, so that two migrations in one region do not collide. Both volumes
 * are the instance's, so they go when it goes, however it ends. Nothing of the pipeline is in it,
 * and nothing of the plan in the user data: a change of either would replace or restart the host,
 * perhaps in the middle of a run.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-ec2-launchtemplate.html">AWS::EC2::LaunchTemplate</a>
 */
final class HostTemplate {
  private static final String ROOT_DEVICE = "/dev/sda1";
  private static final String DATA_DEVICE = "/dev/sdf";

  private HostTemplate() {}

  static CfnLaunchTemplate create(
      Construct scope, String id, MigrationPlan plan, String securityGroupId, String profile) {
    Host host = plan.host();
    List<CfnTag> tags = tags(plan);
    return CfnLaunchTemplate.Builder.create(scope, id)
        .launchTemplateData(
            LaunchTemplateDataProperty.builder()
                .imageId(host.amiId())
                .instanceType(host.instanceType())
                .iamInstanceProfile(IamInstanceProfileProperty.builder().name(profile).build())
                .networkInterfaces(List.of(networkInterface(host, securityGroupId)))
                .blockDeviceMappings(volumes(host))
                .metadataOptions(metadata())
                .instanceInitiatedShutdownBehavior("terminate")
                .ebsOptimized(true)
                .userData(userData())
                .tagSpecifications(
                    List.of(
                        tagged("instance", tags),
                        tagged("volume", tags),
                        tagged("network-interface", tags)))
                .build())
        .tagSpecifications(
            List.of(
                LaunchTemplateTagSpecificationProperty.builder()
                    .resourceType("launch-template")
                    .tags(tags)
                    .build()))
        .build();
  }

  private static List<CfnTag> tags(MigrationPlan plan) {
    return List.of(
        CfnTag.builder().key("Name").value(ResourceNames.stack(plan.name())).build(),
        CfnTag.builder().key(ResourceNames.TAG).value(plan.name()).build());
  }

  private static TagSpecificationProperty tagged(String resourceType, List<CfnTag> tags) {
    return TagSpecificationProperty.builder().resourceType(resourceType).tags(tags).build();
  }

  private static NetworkInterfaceProperty networkInterface(Host host, String securityGroupId) {
    return NetworkInterfaceProperty.builder()
        .deviceIndex(0)
        .subnetId(host.subnetId())
        .groups(List.of(securityGroupId))
        .associatePublicIpAddress(host.publicAddress())
        .deleteOnTermination(true)
        .build();
  }

  // A container or a forwarded request on the host is a hop further away than the host itself.
  private static MetadataOptionsProperty metadata() {
    return MetadataOptionsProperty.builder()
        .httpEndpoint("enabled")
        .httpTokens("required")
        .httpPutResponseHopLimit(1)
        .httpProtocolIpv6("disabled")
        .instanceMetadataTags("disabled")
        .build();
  }

  private static List<BlockDeviceMappingProperty> volumes(Host host) {
    List<BlockDeviceMappingProperty> volumes = new ArrayList<>();
    volumes.add(volume(ROOT_DEVICE, host.rootVolume()));
    host.dumpVolume().ifPresent(dump -> volumes.add(volume(DATA_DEVICE, dump)));
    return volumes;
  }

  // EBS itself makes the grant on a customer's key, with the rights of whoever deploys.
  private static BlockDeviceMappingProperty volume(String device, Volume volume) {
    EbsProperty.Builder ebs =
        EbsProperty.builder()
            .volumeType("gp3")
            .volumeSize(volume.sizeGib())
            .iops(volume.iops())
            .throughput(volume.throughputMibps())
            .encrypted(true)
            .deleteOnTermination(true);
    if (volume.kmsKeyArn() != null) {
      ebs.kmsKeyId(volume.kmsKeyArn());
    }
    return BlockDeviceMappingProperty.builder().deviceName(device).ebs(ebs.build()).build();
  }

  private static String userData() {
    try (InputStream script = HostTemplate.class.getResourceAsStream("user-data.sh")) {
      return Base64.getEncoder().encodeToString(script.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
