package dev.tsferry.runner.privilege;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tsferry.plan.report.MigrationReport.StatementChange;
import dev.tsferry.runner.handover.Attempts;
import dev.tsferry.runner.handover.HandoverStatement;
import dev.tsferry.runner.handover.Outcome;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OwnershipTest {
  private final RoleMapping roles = TestingRoles.with("alice", "postgres", "rds_iam");
  private final Outcome outcome = new Outcome("settings");
  // Nothing is executed where nothing changes hands.
  private final Attempts attempts = new Attempts(null, () -> {});
  private final Ownership ownership =
      new Ownership(
          roles, new TargetUser(attempts, roles, 170_000, List.of(), false), attempts, outcome);

  @Test
  void carry_superusersFunction_isReportedAndNotHandedOver() throws SQLException {
    carry("postgres");

    assertThat(outcome.changes())
        .containsExactly(
            new StatementChange(
                "settings",
                StatementChange.Kind.CHANGED,
                "ALTER ROUTINE \"public\".\"f\"() OWNER TO \"postgres\"",
                "the target's user stands for postgres, as for every owner; on the target it belongs to tsdbadmin"));
    assertThat(outcome.handover()).isEmpty();
    assertThat(ownership.left()).isEmpty();
    assertThat(ownership.changed()).hasSize(1);
  }

  @Test
  void carry_objectOfThePlatforms_isReported() throws SQLException {
    carry("rds_iam");

    assertThat(outcome.changes())
        .extracting(StatementChange::reason)
        .containsExactly("a role of the source's platform; on the target it belongs to tsdbadmin");
    assertThat(outcome.handover()).isEmpty();
  }

  @Test
  void carry_ownerThatTheTargetHasNot_isHandedOver() throws SQLException {
    carry("gone");

    assertThat(outcome.handover())
        .extracting(HandoverStatement::statement)
        .containsExactly("ALTER ROUTINE \"public\".\"f\"() OWNER TO \"gone\"");
    assertThat(ownership.left()).hasSize(1);
  }

  @Test
  void carry_objectOfTheSourcesUser_isTheTargetUsersWithoutALine() throws SQLException {
    carry("master");

    assertThat(outcome.changes()).isEmpty();
    assertThat(ownership.changed()).isEmpty();
  }

  @Test
  void carry_objectThatThePlatformMadeOnBothSides_isLeftAlone() throws SQLException {
    CatalogObject there = function("postgres");
    ownership.carry(List.of(function("postgres")), Map.of(there.key(), there));

    assertThat(outcome.changes()).isEmpty();
  }

  private void carry(String owner) throws SQLException {
    CatalogObject there = function(TestingRoles.USER);
    ownership.carry(List.of(function(owner)), Map.of(there.key(), there));
  }

  private static CatalogObject function(String owner) {
    return new CatalogObject(
        ObjectKind.ROUTINE,
        "\"public\".\"f\"()",
        "\"public\"",
        owner,
        true,
        false,
        List.of(),
        List.of());
  }
}
