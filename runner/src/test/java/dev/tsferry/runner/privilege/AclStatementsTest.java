package dev.tsferry.runner.privilege;

import static dev.tsferry.runner.privilege.TestingRoles.item;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tsferry.runner.handover.TargetStatement;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AclStatementsTest {
  private static final String HOSTILE = "O'Brien, \"the\"; DROP ROLE alice; --\n😀";

  private final AclStatements statements =
      new AclStatements(
          TestingRoles.with("owner", "alice", "bob", "platform", HOSTILE),
          "",
          "TABLE \"s\".\"t\"",
          "owner");

  @Test
  void change_nothing_isNothing() {
    Acl acl = acl(item("owner", "alice", "SELECT*"));
    assertThat(change(acl, acl)).isEmpty();
  }

  @Test
  void change_missingPrivileges_areGrantedTogether() {
    assertThat(
            change(
                acl(),
                acl(item("owner", HOSTILE, "INSERT", "SELECT"), item("owner", "", "SELECT"))))
        .containsExactly(
            "GRANT INSERT, SELECT ON TABLE \"s\".\"t\" TO \"O'Brien, \"\"the\"\"; DROP ROLE alice; --\n😀\"",
            "GRANT SELECT ON TABLE \"s\".\"t\" TO PUBLIC");
  }

  @Test
  void change_columns_areNamed() {
    AclItem columns =
        new AclItem("\"a \"\"b\"\"\"", "owner", "alice", List.of("SELECT*", "UPDATE*"));
    assertThat(change(acl(), acl(columns)))
        .containsExactly(
            "GRANT SELECT (\"a \"\"b\"\"\"), UPDATE (\"a \"\"b\"\"\") ON TABLE \"s\".\"t\" TO \"alice\" WITH GRANT OPTION");
  }

  @Test
  void change_extraPrivileges_areRevoked_exceptFromThePlatform() {
    assertThat(
            change(
                acl(
                    item("owner", "", "EXECUTE"),
                    item("owner", "alice", "SELECT*"),
                    item("owner", "platform", "SELECT")),
                acl(item("owner", "alice", "SELECT"))))
        .containsExactly(
            "REVOKE EXECUTE ON TABLE \"s\".\"t\" FROM PUBLIC",
            "REVOKE GRANT OPTION FOR SELECT ON TABLE \"s\".\"t\" FROM \"alice\"");
  }

  @Test
  void change_whatAnotherGave_comesAfterItsOwnRight_andInItsName() {
    assertThat(
            statements.change(
                acl(),
                acl(
                    item("bob", "", "SELECT"),
                    item("alice", "bob", "SELECT*"),
                    item("owner", "alice", "SELECT*")),
                Set.of("")))
        .extracting(TargetStatement::forScript)
        .containsExactly(
            "GRANT SELECT ON TABLE \"s\".\"t\" TO \"alice\" WITH GRANT OPTION",
            "SET ROLE \"alice\";\nGRANT SELECT ON TABLE \"s\".\"t\" TO \"bob\" WITH GRANT OPTION;\nRESET ROLE",
            "SET ROLE \"bob\";\nGRANT SELECT ON TABLE \"s\".\"t\" TO PUBLIC;\nRESET ROLE");
  }

  private List<String> change(Acl current, Acl wanted) {
    return statements.change(current, wanted, Set.of("", "alice", "bob", HOSTILE)).stream()
        .map(TargetStatement::sql)
        .toList();
  }

  private static Acl acl(AclItem... items) {
    return Acl.of(Arrays.asList(items));
  }
}
