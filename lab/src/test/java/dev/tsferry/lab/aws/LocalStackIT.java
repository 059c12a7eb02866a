package dev.tsferry.lab.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.tsferry.cli.account.AwsAccount;
import dev.tsferry.cli.aws.SdkAwsAccount;
import dev.tsferry.cli.discovery.network.NetworkDirectory;
import dev.tsferry.cli.teardown.Leftover;
import dev.tsferry.plan.outcome.MigrationException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;
import software.amazon.awssdk.services.ec2.model.VolumeType;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.CreateSecretResponse;

/**
 * What tsferry asks of the services that LocalStack's own image has too: push, secrets, networks
 * and the search for leftovers. With {@code -Dlab.localstack=4.14.0} it runs against that image.
 */
@InEmulatedAccount
@TestInstance(Lifecycle.PER_CLASS)
class LocalStackIT {
  @TempDir Path directory;
  private TestAccount account;
  private AwsAccount aws;

  @BeforeAll
  void enterTheAccount(TestAccount shared) {
    account = shared;
    System.setProperty("aws.endpointUrl", account.aws().endpoint().toString());
    System.setProperty("aws.accessKeyId", account.aws().accessKey());
    System.setProperty("aws.secretAccessKey", account.aws().secretKey());
    aws = SdkAwsAccount.open(Optional.of(EmulatedAws.REGION), Map.of());
  }

  @AfterAll
  void leaveTheAccount() {
    System.clearProperty("aws.endpointUrl");
    System.clearProperty("aws.accessKeyId");
    System.clearProperty("aws.secretAccessKey");
  }

  @Test
  void push_presignedUrls_bringTheFileAndTakeItAway() throws Exception {
    Path file = Files.writeString(directory.resolve("runner.jar"), "bytes of a runner");
    try (S3Client s3 = account.client(S3Client.builder().forcePathStyle(true))) {
      s3.createBucket(r -> r.bucket("tsferry-pushed"));
      aws.bucket().upload("tsferry-pushed", "runner.jar", file);

      URI reading = aws.bucket().presign("tsferry-pushed", "runner.jar", Duration.ofMinutes(5));
      URI deleting =
          aws.bucket().presignDelete("tsferry-pushed", "runner.jar", Duration.ofMinutes(5));

      try (InputStream pushed = reading.toURL().openStream()) {
        assertThat(pushed.readAllBytes()).isEqualTo(Files.readAllBytes(file));
      }
      assertThat(status("DELETE", deleting)).isEqualTo(204);
      assertThat(status("GET", reading)).isEqualTo(404);
      aws.bucket().upload("tsferry-pushed", "left", file);
      aws.bucket().empty("tsferry-pushed");
      s3.deleteBucket(r -> r.bucket("tsferry-pushed"));
    }
  }

  private static int status(String method, URI url) throws Exception {
    HttpURLConnection connection = (HttpURLConnection) url.toURL().openConnection();
    connection.setRequestMethod(method);
    try {
      return connection.getResponseCode();
    } finally {
      connection.disconnect();
    }
  }

  @Test
  void secret_emptyThenSet_isToldApart_andKeepsTextsBesideTheLogin() {
    try (SecretsManagerClient secrets = account.client(SecretsManagerClient.builder())) {
      CreateSecretResponse empty = secrets.createSecret(r -> r.name("made-empty"));
      assertThat(aws.secrets().filled(empty.arn())).contains(false);

      aws.secrets().put(empty.arn(), "tsdbadmin", "a \"quoted\" pässword".toCharArray());
      aws.secrets().putBeside(empty.arn(), "tsferry-passwords", "verifiers");

      assertThat(aws.secrets().filled(empty.arn())).contains(true);
      assertThat(
              secrets
                  .getSecretValue(r -> r.secretId(empty.arn()).versionStage("tsferry-passwords"))
                  .secretString())
          .isEqualTo("verifiers");
      secrets.deleteSecret(r -> r.secretId(empty.arn()).forceDeleteWithoutRecovery(true));
      assertThatThrownBy(() -> aws.secrets().put(empty.arn(), "tsdbadmin", "x".toCharArray()))
          .isInstanceOf(MigrationException.class)
          .hasMessageContaining("storing the password");
    }
  }

  @Test
  void network_subnetsAndRoutes_areSeenAsTheyAre() {
    TestNetwork network = new TestNetwork(account);
    String open = network.subnet("a", 1);
    String closed = network.subnet("b", 2);
    network.toInternet(network.table(open));
    String group = network.group("seen", 5432);
    NetworkDirectory seen = aws.network();

    assertThat(seen.subnets(network.vpc()))
        .extracting(NetworkDirectory.Subnet::id)
        .containsExactlyInAnyOrder(open, closed);
    assertThat(seen.routeTables(network.vpc())).hasSize(2);
    assertThat(seen.securityGroups(List.of(group))).hasSize(1);
    assertThat(seen.vpc("vpc-00000000000000000")).isEmpty();
  }

  @Test
  void leftovers_ofEachService_areFoundAndThoseOfOthersAreNot() {
    String name = "search";
    Tag tag = Tag.builder().key("tsferry:migration").value(name).build();
    TagSpecification tags =
        TagSpecification.builder().resourceType(ResourceType.VOLUME).tags(tag).build();
    try (S3Client s3 = account.client(S3Client.builder().forcePathStyle(true));
        SecretsManagerClient secrets = account.client(SecretsManagerClient.builder());
        IamClient iam = account.client(IamClient.builder());
        CloudWatchLogsClient logs = account.client(CloudWatchLogsClient.builder())) {
      String volume =
          account
              .ec2()
              .createVolume(
                  r ->
                      r.availabilityZone(EmulatedAws.REGION + "a")
                          .size(8)
                          .volumeType(VolumeType.GP3)
                          .tagSpecifications(tags))
              .volumeId();
      secrets.createSecret(r -> r.name("tsferry/search/target").secretString("x"));
      secrets.createSecret(r -> r.name("tsferry/searches/target").secretString("x"));
      s3.createBucket(r -> r.bucket("tsferry-search-push"));
      iam.createRole(r -> r.roleName("tsferry-search-host").assumeRolePolicyDocument("{}"));
      logs.createLogGroup(r -> r.logGroupName("/aws/ssm/tsferry-search-run"));

      assertThat(aws.leftovers().search(name, "sg-00000000000000000").found())
          .extracting(Leftover::kind, Leftover::id)
          .containsExactlyInAnyOrder(
              tuple("volume", volume),
              tuple("secret", "tsferry/search/target"),
              tuple("bucket", "tsferry-search-push"),
              tuple("role", "tsferry-search-host"),
              tuple("log group", "/aws/ssm/tsferry-search-run"));

      account.ec2().deleteVolume(r -> r.volumeId(volume));
      for (String secret : List.of("search", "searches")) {
        secrets.deleteSecret(
            r ->
                r.secretId("tsferry/%s/target".formatted(secret)).forceDeleteWithoutRecovery(true));
      }
      s3.deleteBucket(r -> r.bucket("tsferry-search-push"));
      iam.deleteRole(r -> r.roleName("tsferry-search-host"));
      logs.deleteLogGroup(r -> r.logGroupName("/aws/ssm/tsferry-search-run"));
      assertThat(aws.leftovers().search(name, "sg-00000000000000000").found()).isEmpty();
    }
  }
}
