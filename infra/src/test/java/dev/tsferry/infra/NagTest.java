package dev.tsferry.infra;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cdklabs.cdknag.AwsSolutionsChecks;
import io.github.cdklabs.cdknag.NagPackSuppression;
import io.github.cdklabs.cdknag.NagSuppressions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.Aspects;
import software.amazon.awscdk.assertions.Annotations;
import software.amazon.awscdk.assertions.Match;
import software.amazon.awscdk.cxapi.SynthesisMessage;

/** cdk-nag's AwsSolutions rules find nothing but what is as it is for a reason. */
class NagTest {
  // Rule, and why it does not hold here.
  private static final Map<String, String> REASONS =
      Map.of(
          "AwsSolutions-IAM5",
              "the SSM agent's three actions know no resource in a policy; see HostRole",
          "AwsSolutions-S1",
              "the bucket holds the runner's jar for a minute and no data; access logs would take a"
                  + " second bucket, which the stack could not empty when it goes",
          "AwsSolutions-SMG4",
              "the passwords are the databases' own, and the secrets live as long as the migration;"
                  + " rotating them needs a Lambda function with rights on both databases",
          "AwsSolutions-EC28",
              "a host of some hours says how it is through its own events; detailed monitoring costs"
                  + " and is read by nobody",
          "AwsSolutions-EC29",
              "the host must go when its stack or its time to live goes; termination protection"
                  + " would keep both from ending it");

  @Test
  void stack_hasNoFinding_butThoseWithAReason() {
    assertThat(findings(List.copyOf(REASONS.keySet()))).isEmpty();
  }

  @Test
  void everyReason_isStillNeeded() {
    for (String rule : REASONS.keySet()) {
      List<String> others = new ArrayList<>(REASONS.keySet());
      others.remove(rule);
      assertThat(findings(others)).as("without the reason for " + rule).isNotEmpty();
    }
  }

  // The assertions' own way to list findings; nothing newer takes its place yet.
  @SuppressWarnings("deprecation")
  private static List<String> findings(List<String> accepted) {
    MigrationStack stack = SampleStack.stack(SampleStack::unmanaged);
    Aspects.of(stack).add(AwsSolutionsChecks.Builder.create().verbose(true).build());
    NagSuppressions.addStackSuppressions(
        stack,
        accepted.stream()
            .map(rule -> NagPackSuppression.builder().id(rule).reason(REASONS.get(rule)).build())
            .toList());
    Annotations annotations = Annotations.fromStack(stack);
    List<SynthesisMessage> messages = new ArrayList<>();
    messages.addAll(annotations.findError("*", Match.stringLikeRegexp("AwsSolutions-.*")));
    messages.addAll(annotations.findWarning("*", Match.stringLikeRegexp("AwsSolutions-.*")));
    return messages.stream()
        .map(message -> message.getId() + ": " + message.getEntry().getData())
        .toList();
  }
}
