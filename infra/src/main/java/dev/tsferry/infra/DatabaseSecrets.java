package dev.tsferry.infra;

import dev.tsferry.plan.MigrationPlan;
import dev.tsferry.plan.deployment.ResourceNames;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.secretsmanager.CfnSecret;
import software.constructs.Construct;

/**
 * The databases' passwords: the target's secret, and the source's where RDS does not manage one.
 *
 * <p>They are created <em>empty</em>, so that no password passes through a template, and are filled
 * by {@code tsferry secret set}. The plain L2 secret would generate a password of its own, which
 * looks like a set one and is wrong.
 *
 * <p>Publishes: both ARNs, and the statements that let the host read exactly these two.
 */
final class DatabaseSecrets extends Construct {
  private final String targetArn;
  private final String sourceArn;
  private final String customerKeyArn;

  DatabaseSecrets(Construct scope, String id, MigrationPlan plan) {
    super(scope, id);
    String name = plan.name();
    targetArn = emptySecret("Target", ResourceNames.targetSecret(name), "target password");
    sourceArn =
        plan.source()
            .managedSecretArn()
            .orElseGet(
                () -> emptySecret("Source", ResourceNames.sourceSecret(name), "source password"));
    customerKeyArn = plan.source().secretKmsKeyArn();
  }

  String targetArn() {
    return targetArn;
  }

  String sourceArn() {
    return sourceArn;
  }

  /**
   * What the host needs to read the two passwords: {@code secretsmanager:GetSecretValue} on them,
   * and {@code kms:Decrypt} where the customer's own key encrypts RDS's secret (the account's
   * default key needs no grant).
   */
  List<PolicyStatement> readStatements() {
    List<PolicyStatement> statements = new ArrayList<>();
    statements.add(
        PolicyStatement.Builder.create()
            .sid("ReadDatabasePasswords")
            .actions(List.of("secretsmanager:GetSecretValue"))
            .resources(List.of(targetArn, sourceArn))
            .build());
    if (customerKeyArn != null) {
      statements.add(
          PolicyStatement.Builder.create()
              .sid("DecryptSourcePassword")
              .actions(List.of("kms:Decrypt"))
              .resources(List.of(customerKeyArn))
              .build());
    }
    return statements;
  }

  private String emptySecret(String id, String name, String what) {
    CfnSecret secret =
        CfnSecret.Builder.create(this, id)
            .name(name)
            .description("tsferry: " + what + "; empty until \"tsferry secret set\"")
            .build();
    secret.applyRemovalPolicy(RemovalPolicy.DESTROY);
    return secret.getRef();
  }
}
