package dev.tsferry.infra;

import dev.tsferry.plan.Host;
import dev.tsferry.plan.MigrationPlan;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.Size;
import software.amazon.awscdk.services.ec2.BlockDevice;
import software.amazon.awscdk.services.ec2.BlockDeviceVolume;
import software.amazon.awscdk.services.ec2.CfnVolumeAttachment;
import software.amazon.awscdk.services.ec2.EbsDeviceOptions;
import software.amazon.awscdk.services.ec2.EbsDeviceVolumeType;
import software.amazon.awscdk.services.ec2.GenericLinuxImageProps;
import software.amazon.awscdk.services.ec2.HttpTokens;
import software.amazon.awscdk.services.ec2.IVpc;
import software.amazon.awscdk.services.ec2.Instance;
import software.amazon.awscdk.services.ec2.InstanceInitiatedShutdownBehavior;
import software.amazon.awscdk.services.ec2.InstanceType;
import software.amazon.awscdk.services.ec2.MachineImage;
import software.amazon.awscdk.services.ec2.SecurityGroup;
import software.amazon.awscdk.services.ec2.SubnetSelection;
import software.amazon.awscdk.services.ec2.SubnetType;
import software.amazon.awscdk.services.ec2.UserData;
import software.amazon.awscdk.services.ec2.Volume;
import software.amazon.awscdk.services.ec2.Vpc;
import software.amazon.awscdk.services.ec2.VpcAttributes;
import software.amazon.awscdk.services.kms.IKey;
import software.amazon.awscdk.services.kms.Key;
import software.constructs.Construct;

/**
 * The short-lived EC2 instance next to the source, with its volume for dump files.
 *
 * <p>No key pair and no inbound rule: it is reached through SSM alone. Metadata answers only to
 * IMDSv2 and only one hop away. Volumes are encrypted. A shutdown from within terminates it. Its
 * user data holds nothing of the plan, since a changed user data restarts the instance.
 *
 * <p>Publishes: the instance's id, its security group, and the data volume's id where there is one.
 */
final class MigrationHost extends Construct {
  private static final String ROOT_DEVICE = "/dev/sda1";
  private static final String DATA_DEVICE = "/dev/sdf";

  private final SecurityGroup securityGroup;
  private final Instance instance;
  private final Volume dataVolume;

  MigrationHost(Construct scope, String id, MigrationPlan plan, DatabaseSecrets secrets) {
    super(scope, id);
    Host host = plan.host();
    IVpc vpc = vpcOf(plan);
    securityGroup = HostSecurityGroup.create(this, "SecurityGroup", vpc, plan);
    instance =
        Instance.Builder.create(this, "Instance")
            .instanceName("tsferry-" + plan.name())
            .vpc(vpc)
            .vpcSubnets(SubnetSelection.builder().subnetType(subnetType(host)).build())
            .associatePublicIpAddress(host.publicAddress())
            .instanceType(new InstanceType(host.instanceType()))
            .machineImage(
                MachineImage.genericLinux(
                    Map.of(plan.region(), host.amiId()),
                    GenericLinuxImageProps.builder().userData(UserData.custom(USER_DATA)).build()))
            .securityGroup(securityGroup)
            .role(HostRole.create(this, "Role", secrets))
            .httpTokens(HttpTokens.REQUIRED)
            .httpPutResponseHopLimit(1)
            .instanceInitiatedShutdownBehavior(InstanceInitiatedShutdownBehavior.TERMINATE)
            .propagateTagsToVolumeOnCreation(true)
            .blockDevices(List.of(rootDevice(host.rootVolume())))
            .build();
    dataVolume = host.dumpVolume().map(volume -> attachDataVolume(host, volume)).orElse(null);
  }

  String instanceId() {
    return instance.getInstanceId();
  }

  String securityGroupId() {
    return securityGroup.getSecurityGroupId();
  }

  Optional<String> dataVolumeId() {
    return Optional.ofNullable(dataVolume).map(Volume::getVolumeId);
  }

  /**
   * Holds back the agent's own refreshes: Ubuntu's SSM agent is a snap, and a refresh restarts it
   * in the middle of a run.
   */
  private static final String USER_DATA =
      """
      #!/bin/bash
      if command -v snap >/dev/null; then
        snap refresh --hold=168h amazon-ssm-agent || true
      fi
      """;

  // Only a subnet that counts as public may give its instances public addresses.
  private IVpc vpcOf(MigrationPlan plan) {
    Host host = plan.host();
    VpcAttributes.Builder attributes =
        VpcAttributes.builder()
            .vpcId(plan.source().vpcId())
            .availabilityZones(List.of(host.availabilityZone()));
    List<String> subnet = List.of(host.subnetId());
    if (host.publicAddress()) {
      attributes.publicSubnetIds(subnet);
    } else {
      attributes.privateSubnetIds(subnet);
    }
    return Vpc.fromVpcAttributes(this, "Vpc", attributes.build());
  }

  private static SubnetType subnetType(Host host) {
    return host.publicAddress() ? SubnetType.PUBLIC : SubnetType.PRIVATE_WITH_EGRESS;
  }

  private BlockDevice rootDevice(dev.tsferry.plan.Volume volume) {
    EbsDeviceOptions.Builder options =
        EbsDeviceOptions.builder()
            .volumeType(EbsDeviceVolumeType.GP3)
            .iops(volume.iops())
            .encrypted(true)
            .deleteOnTermination(true);
    customerKey("RootKey", volume).ifPresent(options::kmsKey);
    return BlockDevice.builder()
        .deviceName(ROOT_DEVICE)
        .volume(BlockDeviceVolume.ebs(volume.sizeGib(), options.build()))
        .build();
  }

  // An AWS::EC2::Instance cannot set gp3 throughput; a volume of its own can.
  private Volume attachDataVolume(Host host, dev.tsferry.plan.Volume planned) {
    Volume.Builder builder =
        Volume.Builder.create(this, "DataVolume")
            .availabilityZone(host.availabilityZone())
            .volumeType(EbsDeviceVolumeType.GP3)
            .size(Size.gibibytes(planned.sizeGib()))
            .iops(planned.iops())
            .throughput(planned.throughputMibps())
            .encrypted(true)
            .removalPolicy(RemovalPolicy.DESTROY);
    customerKey("DataKey", planned).ifPresent(builder::encryptionKey);
    Volume volume = builder.build();
    CfnVolumeAttachment.Builder.create(this, "DataVolumeAttachment")
        .device(DATA_DEVICE)
        .instanceId(instance.getInstanceId())
        .volumeId(volume.getVolumeId())
        .build();
    return volume;
  }

  private Optional<IKey> customerKey(String id, dev.tsferry.plan.Volume volume) {
    return Optional.ofNullable(volume.kmsKeyArn()).map(arn -> Key.fromKeyArn(this, id, arn));
  }
}
