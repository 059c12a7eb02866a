package dev.tsferry.infra;

import dev.tsferry.plan.MigrationPlan;
import dev.tsferry.plan.PlanFile;
import dev.tsferry.plan.deployment.ResourceNames;
import dev.tsferry.plan.outcome.MigrationException;
import java.nio.file.Path;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Environment;
import software.amazon.awscdk.LegacyStackSynthesizer;
import software.amazon.awscdk.StackProps;

/**
 * The CDK app: {@code cdk deploy} reads the plan in {@code migration.json}, or the one named by
 * {@code --context plan=FILE}, and makes its stack.
 */
public final class MigrationApp {
  private MigrationApp() {}

  public static void main(String[] arguments) {
    App app = new App();
    try {
      createStack(app, PlanFile.read(planFile(app)));
    } catch (MigrationException e) {
      System.err.println("error: " + e.getMessage());
      e.hints().forEach(hint -> System.err.println("hint: " + hint));
      System.exit(e.code().exitCode().code());
    }
    app.synth();
  }

  static MigrationStack createStack(App app, MigrationPlan plan) {
    String stackName = ResourceNames.stack(plan.name());
    StackProps props =
        StackProps.builder()
            .stackName(stackName)
            .description("tsferry: host that carries " + plan.source().identifier() + " away")
            .env(Environment.builder().account(plan.account()).region(plan.region()).build())
            // The only synthesizer that deploys with the caller's own rights and without a
            // bootstrapped account.
            .synthesizer(new LegacyStackSynthesizer())
            .analyticsReporting(false)
            .build();
    return new MigrationStack(app, stackName, props, plan);
  }

  private static Path planFile(App app) {
    Object named = app.getNode().tryGetContext("plan");
    return Path.of(named == null ? MigrationPlan.DEFAULT_FILE : named.toString());
  }
}
