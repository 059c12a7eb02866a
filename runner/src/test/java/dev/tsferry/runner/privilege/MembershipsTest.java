package dev.tsferry.runner.privilege;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tsferry.plan.report.MigrationReport.StatementChange;
import dev.tsferry.runner.handover.Outcome;
import dev.tsferry.runner.handover.TargetStatement;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class MembershipsTest {
  private static final int PG15 = 150_000;
  private static final int PG17 = 170_000;

  private final RoleMapping roles = TestingRoles.with("team", "alice");
  private final Outcome outcome = new Outcome("settings");

  @Test
  void changes_mastersMembership_becomesTheTargetUsers() {
    assertThat(
            changes(
                PG17,
                List.of(new Membership("team", "master", false, true, true)),
                new Membership("team", "tsdbadmin", true, false, false)))
        .containsExactly("GRANT \"team\" TO \"tsdbadmin\" WITH INHERIT TRUE, SET TRUE");
  }

  @Test
  void changes_whatTheServerGivesItsCreator_needsNothing() {
    assertThat(
            changes(
                PG17,
                List.of(new Membership("team", "master", true, false, false)),
                new Membership("team", "tsdbadmin", true, false, false)))
        .isEmpty();
  }

  @Test
  void changes_membershipOfTwoGrantors_hasTheOptionsOfBoth() {
    List<Membership> source =
        List.of(
            new Membership("team", "alice", true, false, true),
            new Membership("team", "alice", false, true, false));
    assertThat(changes(PG17, source, new Membership("team", "alice", false, true, false)))
        .containsExactly("GRANT \"team\" TO \"alice\" WITH ADMIN TRUE, INHERIT TRUE, SET TRUE");
    assertThat(changes(PG15, source, new Membership("team", "alice", false, true, true)))
        .containsExactly("GRANT \"team\" TO \"alice\" WITH ADMIN OPTION");
  }

  @Test
  void changes_memberOfTheMaster_isLeftToAPerson() {
    assertThat(changes(PG17, List.of(new Membership("master", "alice", false, true, true))))
        .isEmpty();
    assertThat(outcome.changes())
        .extracting(StatementChange::kind, StatementChange::statement)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(
                StatementChange.Kind.DROPPED, "GRANT \"tsdbadmin\" TO \"alice\""));
  }

  private List<String> changes(int version, List<Membership> source, Membership... target) {
    return new Memberships(roles, version, outcome)
        .changes(source, Arrays.asList(target)).stream().map(TargetStatement::sql).toList();
  }
}
