package dev.tsferry.runner.privilege;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DifferencesTest {
  private final RoleMapping roles = TestingRoles.with("alice", "bob");
  private final Differences differences =
      new Differences(roles, new AclTranslation(roles, 170_000), Set.of("alice", "bob"));

  @Test
  void find_objectThatStaysTheTargetUsers_lacksNothing() {
    assertThat(find(TestingRoles.item(TestingRoles.USER, "bob", "SELECT"))).isEmpty();
  }

  @Test
  void find_privilegeThatIsNotThere_isNamed() {
    assertThat(find(TestingRoles.item(TestingRoles.USER, "bob", "UPDATE")))
        .containsExactly(
            "sequence \"s\".\"n\": bob lacks SELECT",
            "sequence \"s\".\"n\": bob has on the target only UPDATE");
  }

  private List<String> find(AclItem bobs) {
    CatalogObject source =
        sequence(
            "alice",
            TestingRoles.item("alice", "alice", "SELECT", "UPDATE"),
            TestingRoles.item("alice", "bob", "SELECT"));
    CatalogObject target =
        sequence(
            TestingRoles.USER,
            TestingRoles.item(TestingRoles.USER, TestingRoles.USER, "SELECT", "UPDATE"),
            TestingRoles.item(TestingRoles.USER, "alice", "SELECT", "UPDATE"),
            bobs);
    return differences.find(List.of(source), Map.of(target.key(), target), Set.of());
  }

  // Not ownable: it goes with its table.
  private static CatalogObject sequence(String owner, AclItem... acl) {
    return new CatalogObject(
        ObjectKind.SEQUENCE, "\"s\".\"n\"", "\"s\"", owner, false, false, List.of(acl), List.of());
  }
}
