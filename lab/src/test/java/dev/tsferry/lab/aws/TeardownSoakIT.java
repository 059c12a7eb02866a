package dev.tsferry.lab.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tsferry.lab.account.AwsClients;
import dev.tsferry.lab.account.RdsInstance;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whenever the command is killed, the next teardown leaves nothing: two rounds of the soak. */
@NotOnLocalStack
@InEmulatedAccount
class TeardownSoakIT {
  @TempDir Path directory;

  @Test
  @Timeout(value = 8, unit = TimeUnit.MINUTES)
  void teardown_afterACommandThatWasKilledAtAnyMoment_leavesNothing(TestAccount account)
      throws Exception {
    EmulatedAws aws = account.aws();
    new RdsInstance("soak-db", "15.18", "orders", "postgres")
        .register(
            new AwsClients(aws.endpoint(), EmulatedAws.REGION, aws.accessKey(), aws.secretKey()),
            "source-password",
            1L << 30);
    TypedCommands owner =
        new TypedCommands(
            directory,
            Map.of(
                "AWS_ENDPOINT_URL", aws.endpoint().toString(),
                "AWS_REGION", EmulatedAws.REGION,
                "AWS_ACCESS_KEY_ID", aws.accessKey(),
                "AWS_SECRET_ACCESS_KEY", aws.secretKey()));
    Path ca = Files.writeString(directory.resolve("ca.pem"), "-----BEGIN CERTIFICATE-----\n");
    owner.succeed(
        "tsferry plan --rds soak-db --name soak --target-host target.test --target-port 31000 --source-ca "
            + ca);

    String story = owner.succeed("teardown-soak " + directory.resolve("migration.json") + " 2 25");

    assertThat(story).contains("2 rounds, nothing left");
  }
}
