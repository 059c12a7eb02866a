package dev.tsferry.cli.aws;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tsferry.cli.stack.SecretStore;
import dev.tsferry.plan.Json;
import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.plan.outcome.MigrationException;
import java.util.Optional;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;

/**
 * Logins in Secrets Manager, in the form in which RDS keeps its own.
 *
 * <pre>{"username":"tsdbadmin","password":"..."}</pre>
 */
final class SdkSecretStore implements SecretStore {
  private final SecretsManagerClient secrets;

  SdkSecretStore(SecretsManagerClient secrets) {
    this.secrets = requireNonNull(secrets, "secrets is null");
  }

  @Override
  public Optional<Boolean> filled(String arn) {
    try {
      return Optional.of(
          AwsErrors.call(
              "secretsmanager:GetSecretValue",
              "looking whether a password is set",
              () -> read(arn)));
    } catch (MigrationException e) {
      if (e.code() == ErrorCode.AWS_DENIED) {
        return Optional.empty();
      }
      throw e;
    }
  }

  // A secret that was made without a value has none to get, which is reported as not found.
  private boolean read(String arn) {
    try {
      String value = secrets.getSecretValue(request -> request.secretId(arn)).secretString();
      JsonNode password = Json.lenient().readTree(String.valueOf(value)).path("password");
      return password.isTextual() && !password.textValue().isEmpty();
    } catch (ResourceNotFoundException | JsonProcessingException e) {
      return false;
    }
  }

  @Override
  public void put(String arn, String user, char[] password) {
    ObjectMapper json = Json.lenient();
    String value =
        json.createObjectNode()
            .put("username", user)
            .put("password", new String(password))
            .toString();
    AwsErrors.call(
        "secretsmanager:PutSecretValue",
        "storing the password",
        () -> secrets.putSecretValue(request -> request.secretId(arn).secretString(value)));
  }

  @Override
  public void putBeside(String arn, String label, String text) {
    AwsErrors.call(
        "secretsmanager:PutSecretValue",
        "storing new passwords of roles",
        () ->
            secrets.putSecretValue(
                request -> request.secretId(arn).secretString(text).versionStages(label)));
  }
}
