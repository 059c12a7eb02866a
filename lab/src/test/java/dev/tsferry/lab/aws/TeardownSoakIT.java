package dev.tsferry.lab.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.tsferry.lab.account.AwsClients;
import dev.tsferry.lab.account.RdsInstance;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whenever the command is killed, the next teardown leaves nothing: two rounds of the soak, or as
 * many as {@code -Dlab.soak.rounds} says.
 */
@NotOnLocalStack
@InEmulatedAccount
class TeardownSoakIT {
  private static final int ROUNDS = Integer.getInteger("lab.soak.rounds", 2);

  @TempDir Path directory;

  @Test
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

    String command =
        "teardown-soak %s %d 25".formatted(directory.resolve("migration.json"), ROUNDS);
    String story =
        assertTimeoutPreemptively(Duration.ofMinutes(4L * ROUNDS), () -> owner.succeed(command));

    assertThat(story).contains(ROUNDS + " rounds, nothing left");
  }
}
