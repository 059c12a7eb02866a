package dev.tsferry.cli.aws;

import static java.util.Objects.requireNonNull;

import dev.tsferry.cli.stack.DeployedStack;
import dev.tsferry.cli.stack.StackDirectory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.CloudFormationException;
import software.amazon.awssdk.services.cloudformation.model.Output;
import software.amazon.awssdk.services.cloudformation.model.ResourceStatus;
import software.amazon.awssdk.services.cloudformation.model.Stack;
import software.amazon.awssdk.services.cloudformation.model.StackResource;
import software.amazon.awssdk.services.cloudformation.model.StackStatus;

/** Stacks, from CloudFormation. */
final class SdkStackDirectory implements StackDirectory {
  private final CloudFormationClient cloudFormation;

  SdkStackDirectory(CloudFormationClient cloudFormation) {
    this.cloudFormation = requireNonNull(cloudFormation, "cloudFormation is null");
  }

  @Override
  public Optional<DeployedStack> find(String name) {
    return AwsErrors.call(
        "cloudformation:DescribeStacks",
        "looking up the stack " + name,
        () -> {
          try {
            return cloudFormation
                .describeStacks(request -> request.stackName(name))
                .stacks()
                .stream()
                .filter(stack -> stack.stackStatus() != StackStatus.DELETE_COMPLETE)
                .findFirst()
                .map(SdkStackDirectory::deployed);
          } catch (CloudFormationException e) {
            // There is no error code of its own for a stack that does not exist.
            if (String.valueOf(e.getMessage()).contains("does not exist")) {
              return Optional.empty();
            }
            throw e;
          }
        });
  }

  @Override
  public List<String> buckets(String name) {
    return AwsErrors.call(
        "cloudformation:DescribeStackResources",
        "looking for the buckets of the stack " + name,
        () ->
            cloudFormation
                .describeStackResources(request -> request.stackName(name))
                .stackResources()
                .stream()
                .filter(resource -> resource.resourceType().equals("AWS::S3::Bucket"))
                .filter(resource -> resource.resourceStatus() != ResourceStatus.DELETE_COMPLETE)
                .map(StackResource::physicalResourceId)
                .filter(id -> id != null && !id.isEmpty())
                .toList());
  }

  private static DeployedStack deployed(Stack stack) {
    Map<String, String> outputs = new HashMap<>();
    for (Output output : stack.outputs()) {
      outputs.put(output.outputKey(), output.outputValue());
    }
    return new DeployedStack(stack.stackName(), stack.stackStatusAsString(), outputs);
  }
}
