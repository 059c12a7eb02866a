package dev.tsferry.runner.handover;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class HandoverScriptTest {

  @Test
  void text_reasonWithLineEnds_staysAComment() {
    String script =
        HandoverScript.text(
            List.of(
                new HandoverStatement(
                    "settings",
                    "GRANT SELECT ON TABLE \"t\" TO \"a\"",
                    "permission denied for role \"x\ny\r\n\\! rm\"")));
    assertThat(script)
        .endsWith(
            """

            -- settings: permission denied for role "x
            -- y
            -- \\! rm"
            GRANT SELECT ON TABLE "t" TO "a";
            """);
  }

  @Test
  void text_statementOfARole_isWhole() {
    TargetStatement statement =
        new TargetStatement(
            java.util.Optional.of("\"bob\""), "GRANT SELECT ON TABLE \"t\" TO \"a\"");
    assertThat(statement.forScript())
        .isEqualTo("SET ROLE \"bob\";\nGRANT SELECT ON TABLE \"t\" TO \"a\";\nRESET ROLE");
    assertThat(statement.forSession()).endsWith("; set local role none");
  }

  @Test
  void outcome_longStatement_isShortInTheReport_wholeInTheScript() {
    Outcome outcome = new Outcome("settings");
    outcome.dropped(TargetStatement.of("COMMENT " + "x".repeat(1000)), "why");
    assertThat(outcome.changes().get(0).statement()).hasSize(500).endsWith("…");
    assertThat(outcome.handover().get(0).statement()).hasSize(1008);
  }
}
