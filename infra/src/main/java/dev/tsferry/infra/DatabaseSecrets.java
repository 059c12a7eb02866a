package dev.tsferry.infra;

import dev.tsferry.plan.MigrationPlan;
import dev.tsferry.plan.deployment.ResourceNames;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.Fn;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.secretsmanager.CfnSecret;
import software.constructs.Construct;

/**
 * The databases' passwords: the target's secret, and the source's where RDS does not manage one.
 *
 * <p>They are created <em>empty</em>, so that no password passes through a template, and are filled
 * by {@code tsferry secret set}. The plain L2 secret would generate a password of its own, which
 * looks like a set one and is wrong. Their names end in a piece of the stack's id: a name that is
 * pending deletion, from a stack before, would keep a new one from being made.
 *
 * <p>Publishes: both ARNs, and the statements that let the host read exactly these two.
 */
final class DatabaseSecrets extends Construct {
  private final MigrationPlan plan;
  private final String targetArn;
  private final String sourceArn;

  DatabaseSecrets(Construct scope, String id, MigrationPlan plan) {
    super(scope, id);
    this.plan = plan;
    String name = plan.name();
    targetArn = emptySecret("Target", ResourceNames.targetSecret(name), "target password");
    sourceArn =
        plan.source()
            .managedSecretArn()
            .orElseGet(
                () -> emptySecret("Source", ResourceNames.sourceSecret(name), "source password"));
  }

  String targetArn() {
    return targetArn;
  }

  String sourceArn() {
    return sourceArn;
  }

  /**
   * What the host needs to read the two passwords: {@code secretsmanager:GetSecretValue} on them,
   * and {@code kms:Decrypt} on a customer's own key, through Secrets Manager and for these secrets
   * only (the account's default key needs no grant).
   */
  List<PolicyStatement> readStatements() {
    List<PolicyStatement> statements = new ArrayList<>();
    statements.add(
        PolicyStatement.Builder.create()
            .sid("ReadDatabasePasswords")
            .actions(List.of("secretsmanager:GetSecretValue"))
            .resources(List.of(targetArn, sourceArn))
            .build());
    secretsByKey().forEach((key, secrets) -> statements.add(decrypt(key, secrets)));
    return statements;
  }

  // One statement for each key, so that no key decrypts what another one encrypted.
  private Map<String, List<String>> secretsByKey() {
    Map<String, List<String>> secrets = new LinkedHashMap<>();
    Optional<String> own = plan.host().secretsKey();
    own.ifPresent(key -> add(secrets, key, targetArn));
    Optional<String> ofSource =
        plan.source().managedSecretArn().isPresent()
            ? Optional.ofNullable(plan.source().secretKmsKeyArn())
            : own;
    ofSource.ifPresent(key -> add(secrets, key, sourceArn));
    return secrets;
  }

  private static void add(Map<String, List<String>> secrets, String key, String secretArn) {
    secrets.computeIfAbsent(key, unused -> new ArrayList<>()).add(secretArn);
  }

  private PolicyStatement decrypt(String keyArn, List<String> secrets) {
    return PolicyStatement.Builder.create()
        .actions(List.of("kms:Decrypt"))
        .resources(List.of(keyArn))
        .conditions(
            Map.of(
                "StringEquals",
                Map.of(
                    "kms:ViaService",
                    "secretsmanager.%s.amazonaws.com".formatted(plan.region()),
                    "kms:EncryptionContext:SecretARN",
                    secrets)))
        .build();
  }

  private String emptySecret(String id, String prefix, String what) {
    CfnSecret.Builder secret =
        CfnSecret.Builder.create(this, id)
            .name(prefix + "-" + stackIdPiece())
            .description("tsferry: " + what + "; empty until \"tsferry secret set\"");
    plan.host().secretsKey().ifPresent(secret::kmsKeyId);
    CfnSecret made = secret.build();
    made.applyRemovalPolicy(RemovalPolicy.DESTROY);
    return made.getRef();
  }

  // arn:aws:cloudformation:REGION:ACCOUNT:stack/NAME/GUID, of which the first eight digits will do.
  private static String stackIdPiece() {
    return Fn.select(0, Fn.split("-", Fn.select(2, Fn.split("/", Aws.STACK_ID))));
  }
}
