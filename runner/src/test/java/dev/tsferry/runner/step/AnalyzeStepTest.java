package dev.tsferry.runner.step;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class AnalyzeStepTest {

  @Test
  void passedOver_warningsOfOldAndNewServers_nameTheTables() {
    assertThat(
            AnalyzeStep.passedOver(
                List.of(
                    "skipping \"pg_authid\" --- only superuser can analyze it",
                    "permission denied to analyze \"pg_statistic\", skipping it",
                    "something else")))
        .containsExactly("pg_authid", "pg_statistic");
  }
}
