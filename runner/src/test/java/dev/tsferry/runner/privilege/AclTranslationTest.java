package dev.tsferry.runner.privilege;

import static dev.tsferry.runner.privilege.TestingRoles.item;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class AclTranslationTest {
  private final RoleMapping roles = TestingRoles.with("owner", "alice", "bob", "pg_database_owner");
  private final AclTranslation translation = new AclTranslation(roles, 150_018);

  @Test
  void wanted_ownerIsTheMaster_becomesTheTargetsUser() {
    assertThat(
            wanted(
                "master",
                "tsdbadmin",
                item("master", "master", "SELECT"),
                item("master", "alice", "SELECT*")))
        .isEqualTo(
            Acl.of(
                List.of(
                    item("tsdbadmin", "tsdbadmin", "SELECT"),
                    item("tsdbadmin", "alice", "SELECT*"))));
  }

  @Test
  void wanted_objectThatCouldNotBeGivenAway_grantsItsOwnerWhatItHad() {
    assertThat(
            wanted(
                "owner",
                "tsdbadmin",
                item("owner", "owner", "SELECT", "DELETE"),
                item("owner", "alice", "INSERT*"),
                item("alice", "bob", "INSERT")))
        .isEqualTo(
            Acl.of(
                List.of(
                    item("tsdbadmin", "owner", "SELECT", "DELETE"),
                    item("tsdbadmin", "alice", "INSERT*"),
                    item("alice", "bob", "INSERT"),
                    item("tsdbadmin", "tsdbadmin", "SELECT"))));
  }

  @Test
  void wanted_grantorThatIsNotThere_isReplacedByTheOwner() {
    assertThat(wanted("owner", "owner", item("gone", "bob", "INSERT")))
        .isEqualTo(Acl.of(List.of(item("owner", "bob", "INSERT"))));
  }

  @Test
  void wanted_granteeThatIsNotThere_isLost() {
    AclTranslation.Wanted wanted =
        translation.wanted(
            Acl.of(List.of(item("owner", "gone", "SELECT"), item("owner", "alice", "SELECT"))),
            "owner",
            Acl.of(List.of()),
            "owner");
    assertThat(wanted.lost()).isEqualTo(Acl.of(List.of(item("owner", "gone", "SELECT"))));
    assertThat(wanted.acl()).isEqualTo(Acl.of(List.of(item("owner", "alice", "SELECT"))));
  }

  @Test
  void wanted_twoOwnersInOne_keepTheStrongerOption() {
    assertThat(
            wanted(
                "owner",
                "owner",
                item("owner", "postgres", "SELECT"),
                item("owner", "master", "SELECT*")))
        .isEqualTo(Acl.of(List.of(item("owner", "tsdbadmin", "SELECT*"))));
  }

  @Test
  void wanted_schemaOfTheDatabasesOwner_staysIts() {
    assertThat(wanted("postgres", "pg_database_owner", item("postgres", "postgres", "CREATE")))
        .isEqualTo(Acl.of(List.of(item("pg_database_owner", "pg_database_owner", "CREATE"))));
  }

  @Test
  void known_privilegeThatOnlyTheTargetKnows_isPassedOver() {
    Acl acl = Acl.of(List.of(item("owner", "owner", "MAINTAIN", "SELECT")));
    assertThat(translation.known(acl)).isEqualTo(Acl.of(List.of(item("owner", "owner", "SELECT"))));
    assertThat(new AclTranslation(roles, 170_000).known(acl)).isEqualTo(acl);
  }

  private Acl wanted(String sourceOwner, String owner, AclItem... items) {
    Acl current = Acl.of(List.of(item(owner, owner, "SELECT")));
    return translation.wanted(Acl.of(List.of(items)), sourceOwner, current, owner).acl();
  }
}
