package dev.tsferry.cli.aws;

import static java.util.Objects.requireNonNull;

import dev.tsferry.cli.host.HostDirectory;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceBlockDeviceMapping;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.InstanceInformation;
import software.amazon.awssdk.services.ssm.model.InstanceInformationStringFilter;

/** Instances, from EC2, and their agents, from Systems Manager. */
final class SdkHostDirectory implements HostDirectory {
  private final Ec2Client ec2;
  private final SsmClient ssm;

  SdkHostDirectory(Ec2Client ec2, SsmClient ssm) {
    this.ec2 = requireNonNull(ec2, "ec2 is null");
    this.ssm = requireNonNull(ssm, "ssm is null");
  }

  @Override
  public Optional<String> agent(String instanceId) {
    return AwsErrors.call(
        "ssm:DescribeInstanceInformation",
        "looking for the agent of " + instanceId,
        () ->
            ssm
                .describeInstanceInformation(
                    request ->
                        request.filters(
                            InstanceInformationStringFilter.builder()
                                .key("InstanceIds")
                                .values(instanceId)
                                .build()))
                .instanceInformationList()
                .stream()
                .findFirst()
                .map(InstanceInformation::pingStatusAsString));
  }

  @Override
  public Optional<String> instance(String instanceId) {
    return describe(instanceId).map(instance -> instance.state().nameAsString());
  }

  @Override
  public Optional<String> dataVolume(String instanceId) {
    return describe(instanceId)
        .flatMap(
            instance ->
                instance.blockDeviceMappings().stream()
                    .filter(mapping -> !mapping.deviceName().equals(instance.rootDeviceName()))
                    .map(InstanceBlockDeviceMapping::ebs)
                    .map(ebs -> ebs.volumeId())
                    .findFirst());
  }

  private Optional<Instance> describe(String instanceId) {
    return AwsErrors.call(
        "ec2:DescribeInstances",
        "looking up the host " + instanceId,
        () -> {
          try {
            return ec2
                .describeInstances(request -> request.instanceIds(List.of(instanceId)))
                .reservations()
                .stream()
                .flatMap(reservation -> reservation.instances().stream())
                .findFirst();
          } catch (Ec2Exception e) {
            if (e.awsErrorDetails().errorCode().startsWith("InvalidInstanceID")) {
              return Optional.empty();
            }
            throw e;
          }
        });
  }
}
