package dev.tsferry.runner.privilege;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RoleMappingTest {
  private final RoleMapping roles =
      TestingRoles.with("alice", "PUBLIC", "rds_iam", "rds_reporting");

  @Test
  void of_ownersOfEitherSide_areTheTargetsUser() {
    assertThat(roles.of("master")).contains("tsdbadmin");
    assertThat(roles.of("postgres")).contains("tsdbadmin");
  }

  @Test
  void of_rolesOfRds_haveNoCounterpart_butThoseThatLookAlikeHave() {
    assertThat(roles.of("rds_iam")).isEmpty();
    assertThat(roles.of("rds_reporting")).contains("rds_reporting");
    assertThat(roles.of("gone")).isEmpty();
    assertThat(roles.isPlatforms("gone")).isFalse();
  }

  @Test
  void sql_everybodyAndARoleOfThatName_areToldApart() {
    assertThat(roles.sql(AclItem.PUBLIC)).isEqualTo("PUBLIC");
    assertThat(roles.sql("PUBLIC")).isEqualTo("\"PUBLIC\"");
  }

  @Test
  void counterparts_holdEverybody() {
    assertThat(roles.counterparts(List.of("alice", "gone", "master")))
        .containsExactlyInAnyOrder("alice", "tsdbadmin", AclItem.PUBLIC);
  }
}
