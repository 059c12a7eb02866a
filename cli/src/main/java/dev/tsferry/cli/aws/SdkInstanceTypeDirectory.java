package dev.tsferry.cli.aws;

import static java.util.Objects.requireNonNull;

import dev.tsferry.cli.discovery.network.InstanceTypeDirectory;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.InstanceTypeOffering;
import software.amazon.awssdk.services.ec2.model.LocationType;

/** Instance types that zones offer, from EC2. */
final class SdkInstanceTypeDirectory implements InstanceTypeDirectory {
  private final Ec2Client ec2;

  SdkInstanceTypeDirectory(Ec2Client ec2) {
    this.ec2 = requireNonNull(ec2, "ec2 is null");
  }

  @Override
  public Map<String, Set<String>> offered(List<String> types) {
    return AwsErrors.call(
        "ec2:DescribeInstanceTypeOfferings",
        "asking where %s can be started".formatted(String.join(", ", types)),
        () ->
            ec2
                .describeInstanceTypeOfferingsPaginator(
                    request ->
                        request
                            .locationType(LocationType.AVAILABILITY_ZONE)
                            .filters(Filter.builder().name("instance-type").values(types).build()))
                .instanceTypeOfferings()
                .stream()
                .collect(
                    Collectors.groupingBy(
                        InstanceTypeOffering::location,
                        Collectors.mapping(
                            InstanceTypeOffering::instanceTypeAsString, Collectors.toSet()))));
  }
}
