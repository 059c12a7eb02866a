package dev.tsferry.runner.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.plan.outcome.MigrationException;
import java.nio.file.Path;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;
import software.amazon.awssdk.services.secretsmanager.model.SecretsManagerException;

/**
 * A password in Secrets Manager, in the form that RDS gives its own.
 *
 * <pre>
 * {"username":"postgres","password":"…"}
 * </pre>
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html">GetSecretValue</a>
 */
public final class SecretsManagerPassword {
  private final String side;
  private final String arn;

  /**
   * @param side {@code source} or {@code target}, for messages
   */
  public SecretsManagerPassword(String side, String arn) {
    this.side = side;
    this.arn = arn;
  }

  /**
   * Reads the password as it is now.
   *
   * @throws MigrationException {@code SECRET_NOT_SET} if the secret has none yet, {@code
   *     AWS_DENIED}, {@code AWS_NOT_FOUND} or {@code AWS_FAILED} if it can't be read
   */
  public String read() {
    String doing = "reading the %s's password from the secret %s".formatted(side, arn);
    return password(doing, value(doing, null));
  }

  /**
   * Reads what lies in the secret under a label of its own, such as new passwords of roles.
   *
   * @throws MigrationException as {@link #read}
   */
  public String readStage(String stage) {
    return value("reading %s of the secret %s".formatted(stage, arn), stage);
  }

  /**
   * Answers a broker's question for this secret: what it holds, or why that can't be read.
   *
   * @param stage the version asked for, or null for the current one
   */
  public String brokersAnswer(String stage) {
    try {
      return SecretBroker.answer(
          fromSecretsManager(
              "reading the %s's password from the secret %s".formatted(side, arn), stage));
    } catch (MigrationException e) {
      return SecretBroker.answer(e);
    }
  }

  private String value(String doing, String stage) {
    String broker = System.getenv(SecretBroker.VARIABLE);
    return broker == null
        ? fromSecretsManager(doing, stage)
        : new SecretBroker(Path.of(broker)).ask(doing, stage == null ? side : side + " " + stage);
  }

  private String fromSecretsManager(String doing, String stage) {
    try (SecretsManagerClient client =
        SecretsManagerClient.builder()
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .build()) {
      return client
          .getSecretValue(request -> request.secretId(arn).versionStage(stage))
          .secretString();
    } catch (ResourceNotFoundException e) {
      // The same answer for a secret without any value.
      if (String.valueOf(e.getMessage()).contains("AWSCURRENT")) {
        throw notSet(doing);
      }
      throw new MigrationException(ErrorCode.AWS_NOT_FOUND, doing + ": there is no such secret", e);
    } catch (SecretsManagerException e) {
      throw refused(doing, e);
    } catch (SdkClientException e) {
      throw new MigrationException(
          ErrorCode.AWS_FAILED,
          "%s: %s".formatted(doing, e.getMessage()),
          e,
          "check that this machine reaches Secrets Manager, and that a region and credentials are set");
    } catch (SdkException e) {
      throw new MigrationException(ErrorCode.AWS_FAILED, doing + ": " + e.getMessage(), e);
    }
  }

  private String password(String doing, String value) {
    JsonNode password;
    try {
      password = value == null ? null : new ObjectMapper().readTree(value).get("password");
    } catch (JsonProcessingException e) {
      // Not as the cause: its message may hold a piece of the secret.
      throw new MigrationException(
          ErrorCode.SECRET_NOT_SET,
          doing + ": it is not JSON with a password",
          "set it with \"tsferry secret set %s\"".formatted(side));
    }
    if (password == null || !password.isTextual() || password.asText().isEmpty()) {
      throw notSet(doing);
    }
    return password.asText();
  }

  private static MigrationException refused(String doing, SecretsManagerException e) {
    AwsErrorDetails details = e.awsErrorDetails();
    boolean denied =
        details != null && String.valueOf(details.errorCode()).contains("AccessDenied");
    return new MigrationException(
        denied ? ErrorCode.AWS_DENIED : ErrorCode.AWS_FAILED,
        "%s: %s".formatted(doing, details == null ? e.getMessage() : details.errorMessage()),
        e,
        "the role needs secretsmanager:GetSecretValue on the secret, and kms:Decrypt on its key");
  }

  private MigrationException notSet(String doing) {
    return new MigrationException(
        ErrorCode.SECRET_NOT_SET,
        doing + ": it is not set",
        "set it with \"tsferry secret set %s\"".formatted(side));
  }
}
