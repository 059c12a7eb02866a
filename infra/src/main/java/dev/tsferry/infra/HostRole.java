package dev.tsferry.infra;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.services.iam.PolicyDocument;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.constructs.Construct;

/**
 * What the migration host may do: keep the SSM agent's channel open, and read the two passwords.
 *
 * <p>AWS's managed policy for the agent is not used, since it also reads every plain parameter and
 * document of the account. The actions here are the agent's own:
 *
 * <ul>
 *   <li>{@code ssm:UpdateInstanceInformation}: registers the host and reports that it is alive;
 *   <li>{@code ssmmessages:CreateControlChannel, OpenControlChannel, CreateDataChannel,
 *       OpenDataChannel}: receives commands and answers them. They have no resource to name.
 * </ul>
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/systems-manager/latest/userguide/systems-manager-setting-up-messageAPIs.html">The
 *     agent's API operations</a>
 */
final class HostRole {
  private HostRole() {}

  static Role create(Construct scope, String id, DatabaseSecrets secrets) {
    List<PolicyStatement> statements = new ArrayList<>();
    statements.add(
        PolicyStatement.Builder.create()
            .sid("SsmAgent")
            .actions(
                List.of(
                    "ssm:UpdateInstanceInformation",
                    "ssmmessages:CreateControlChannel",
                    "ssmmessages:CreateDataChannel",
                    "ssmmessages:OpenControlChannel",
                    "ssmmessages:OpenDataChannel"))
            .resources(List.of("*"))
            .build());
    statements.addAll(secrets.readStatements());
    return Role.Builder.create(scope, id)
        .description("tsferry: migration host")
        .assumedBy(new ServicePrincipal("ec2.amazonaws.com"))
        .inlinePolicies(
            Map.of("host", PolicyDocument.Builder.create().statements(statements).build()))
        .build();
  }
}
