package dev.tsferry.runner.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tsferry.runner.preflight.PolicyChecks.Use;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PolicyChecksTest {
  private static final Set<String> OWNERS = Set.of("master", "tsdbadmin");

  @Test
  void missing_rolesThatAreLeftOut_areNamedOnce() {
    List<Use> uses =
        List.of(new Use("alice", "own on s.t"), new Use("alice", "all on s.u"), use("there"));

    assertThat(PolicyChecks.missing(uses, Set.of("there"), false, OWNERS))
        .isEqualTo(Map.of("alice", "own on s.t"));
  }

  @Test
  void missing_rolesThatAreCarried_areNot_butThoseOfThePlatformAre() {
    List<Use> uses = List.of(use("alice"), use("rds_iam"));

    assertThat(PolicyChecks.missing(uses, Set.of(), true, OWNERS)).containsOnlyKeys("rds_iam");
  }

  @Test
  void missing_rolesForWhichTheTargetsUserStands_areNot() {
    assertThat(PolicyChecks.missing(List.of(use("master")), Set.of(), false, OWNERS)).isEmpty();
  }

  private static Use use(String role) {
    return new Use(role, "p on s.t");
  }
}
