package dev.tsferry.cli.aws;

import static java.util.Objects.requireNonNull;

import dev.tsferry.cli.discovery.host.ImageDirectory;
import java.util.Optional;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.ParameterNotFoundException;

/**
 * Ubuntu's images, from the public parameters that Canonical keeps in Systems Manager.
 *
 * @see <a href="https://documentation.ubuntu.com/aws/aws-how-to/instances/find-ubuntu-images/">find
 *     Ubuntu images</a>
 */
final class SdkImageDirectory implements ImageDirectory {
  private static final String PARAMETER =
      "/aws/service/canonical/ubuntu/server/%s/stable/current/%s/hvm/ebs-gp3/ami-id";

  private final SsmClient ssm;

  SdkImageDirectory(SsmClient ssm) {
    this.ssm = requireNonNull(ssm, "ssm is null");
  }

  @Override
  public Optional<String> ubuntu(String release, String architecture) {
    return AwsErrors.call(
        "ssm:GetParameter",
        "looking up the image of Ubuntu " + release,
        () -> {
          try {
            return Optional.of(
                ssm.getParameter(
                        request -> request.name(PARAMETER.formatted(release, architecture)))
                    .parameter()
                    .value());
          } catch (ParameterNotFoundException e) {
            return Optional.empty();
          }
        });
  }
}
