package dev.tsferry.cli.aws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.tsferry.cli.host.RemoteCommands;
import dev.tsferry.cli.host.RemoteHost;
import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.plan.outcome.MigrationException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.GetCommandInvocationResponse;
import software.amazon.awssdk.services.ssm.model.InvalidInstanceIdException;
import software.amazon.awssdk.services.ssm.model.InvocationDoesNotExistException;

/** Scripts to the host through SSM Run Command and the stack's own document. */
final class SdkRemoteCommands implements RemoteCommands {
  // An executionTimeout out of range is silently replaced by an hour.
  private static final long LEAST_SECONDS = 5;
  private static final long MOST_SECONDS = 172_800;
  private static final int DELIVERY_SECONDS = 60;
  // Of 97 KB for document and parameters together, with room for the service's own counting.
  private static final int BUDGET = 60_000;

  private final SsmClient ssm;

  SdkRemoteCommands(SsmClient ssm) {
    this.ssm = requireNonNull(ssm, "ssm is null");
  }

  @Override
  public String send(RemoteHost host, String script, Duration limit) {
    String encoded = Base64.getEncoder().encodeToString(script.getBytes(UTF_8));
    if (encoded.length() > BUDGET) {
      throw new IllegalArgumentException(
          "script of %d characters is more than a command can carry".formatted(encoded.length()));
    }
    long seconds = Math.max(LEAST_SECONDS, Math.min(MOST_SECONDS, limit.toSeconds()));
    return AwsErrors.call(
        "ssm:SendCommand",
        "sending a command to the host " + host.instanceId(),
        () -> {
          try {
            return ssm.sendCommand(
                    request ->
                        request
                            .documentName(host.document())
                            .instanceIds(List.of(host.instanceId()))
                            .timeoutSeconds(DELIVERY_SECONDS)
                            .parameters(
                                Map.of(
                                    "script",
                                    List.of(encoded),
                                    "executionTimeout",
                                    List.of(Long.toString(seconds)))))
                .command()
                .commandId();
          } catch (InvalidInstanceIdException e) {
            throw new MigrationException(
                ErrorCode.HOST_NOT_ONLINE,
                "sending a command to the host %s: it is not registered with Systems Manager"
                    .formatted(host.instanceId()),
                e,
                "tsferry status");
          }
        });
  }

  @Override
  public Optional<Invocation> invocation(String commandId, RemoteHost host) {
    return AwsErrors.call(
        "ssm:GetCommandInvocation",
        "asking for the answer of the host " + host.instanceId(),
        () -> {
          try {
            GetCommandInvocationResponse response =
                ssm.getCommandInvocation(
                    request -> request.commandId(commandId).instanceId(host.instanceId()));
            return Optional.of(
                new Invocation(
                    response.statusDetails(),
                    response.responseCode() == null ? -1 : response.responseCode(),
                    String.valueOf(response.standardOutputContent()),
                    String.valueOf(response.standardErrorContent())));
          } catch (InvocationDoesNotExistException e) {
            return Optional.empty();
          }
        });
  }
}
