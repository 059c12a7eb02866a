package dev.tsferry.cli.aws;

import static java.util.Objects.requireNonNull;

import dev.tsferry.cli.account.AwsAccount;
import dev.tsferry.cli.discovery.AccountDirectory;
import dev.tsferry.cli.discovery.host.ImageDirectory;
import dev.tsferry.cli.discovery.network.InstanceTypeDirectory;
import dev.tsferry.cli.discovery.network.NetworkDirectory;
import dev.tsferry.cli.discovery.source.DatabaseDirectory;
import dev.tsferry.cli.discovery.source.StorageMetrics;
import dev.tsferry.cli.host.HostDirectory;
import dev.tsferry.cli.host.PushBucket;
import dev.tsferry.cli.host.RemoteCommands;
import dev.tsferry.cli.stack.SecretStore;
import dev.tsferry.cli.stack.StackDirectory;
import dev.tsferry.cli.teardown.LeftoverSearch;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.sts.StsClient;

/** The account that the environment's credentials belong to, through the AWS SDK. */
public final class SdkAwsAccount implements AwsAccount {
  private final SdkClients clients;

  private SdkAwsAccount(SdkClients clients) {
    this.clients = requireNonNull(clients, "clients is null");
  }

  /**
   * Opens the account; makes no call yet.
   *
   * @param region or none for the environment's
   * @throws dev.tsferry.plan.outcome.MigrationException {@code AWS_NO_REGION} if there is none
   */
  public static AwsAccount open(Optional<String> region, Map<String, String> environment) {
    Region chosen =
        region
            .map(Region::of)
            .orElseGet(
                () ->
                    AwsErrors.call(
                        "",
                        "choosing the AWS region",
                        () -> DefaultAwsRegionProviderChain.builder().build().getRegion()));
    return new SdkAwsAccount(new SdkClients(chosen, environment));
  }

  @Override
  public AccountDirectory identity() {
    return new SdkAccountDirectory(clients.client(StsClient.builder()), clients.region().id());
  }

  @Override
  public DatabaseDirectory databases() {
    return new SdkDatabaseDirectory(clients.client(RdsClient.builder()));
  }

  @Override
  public NetworkDirectory network() {
    return new SdkNetworkDirectory(ec2());
  }

  @Override
  public InstanceTypeDirectory instanceTypes() {
    return new SdkInstanceTypeDirectory(ec2());
  }

  @Override
  public ImageDirectory images() {
    return new SdkImageDirectory(ssm());
  }

  @Override
  public StorageMetrics storage() {
    return new SdkStorageMetrics(clients.client(CloudWatchClient.builder()));
  }

  @Override
  public StackDirectory stacks() {
    return new SdkStackDirectory(clients.client(CloudFormationClient.builder()));
  }

  @Override
  public SecretStore secrets() {
    return new SdkSecretStore(clients.client(SecretsManagerClient.builder()));
  }

  @Override
  public HostDirectory hosts() {
    return new SdkHostDirectory(ec2(), ssm());
  }

  @Override
  public RemoteCommands commands() {
    return new SdkRemoteCommands(ssm());
  }

  @Override
  public PushBucket bucket() {
    return new SdkPushBucket(clients);
  }

  @Override
  public LeftoverSearch leftovers() {
    return new SdkLeftoverSearch(
        new Ec2Leftovers(ec2()),
        new IamLeftovers(clients.client(IamClient.builder().region(Region.AWS_GLOBAL))),
        new StoredLeftovers(
            clients.client(SecretsManagerClient.builder()),
            clients.client(S3Client.builder().forcePathStyle(clients.pathStyle())),
            ssm(),
            clients.client(CloudWatchLogsClient.builder()),
            clients.client(CloudFormationClient.builder())));
  }

  private SsmClient ssm() {
    return clients.client(SsmClient.builder());
  }

  private Ec2Client ec2() {
    return clients.client(Ec2Client.builder());
  }
}
