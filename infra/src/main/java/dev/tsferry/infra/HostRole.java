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
 * document of the account. The actions here, none of which has a resource to name in a policy:
 *
 * <ul>
 *   <li>{@code ssm:UpdateInstanceInformation}: the agent registers the host and says that it is
 *       alive; without it no command can be sent;
 *   <li>{@code ssmmessages:CreateControlChannel}: the agent asks for its channel to Systems
 *       Manager;
 *   <li>{@code ssmmessages:OpenControlChannel}: and opens it. Commands come, and their answers go,
 *       over this one.
 * </ul>
 *
 * <p>Left out on purpose: the data channel ({@code ssmmessages:CreateDataChannel,
 * OpenDataChannel}), which carries nothing but Session Manager's sessions. So nobody gets an
 * interactive shell on the host, whatever his own rights. Also left out: {@code ec2messages}, which
 * agents since 3.3.40 (2024) do without; reading documents, parameters, packages and patch
 * baselines; inventory; S3, since the runner comes by a presigned URL; and CloudWatch, since output
 * goes back as the command's answer.
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
                    "ssmmessages:OpenControlChannel"))
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
