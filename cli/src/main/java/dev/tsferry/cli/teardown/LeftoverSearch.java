package dev.tsferry.cli.teardown;

import java.util.List;

/** Looks through the account for what a migration left. */
public interface LeftoverSearch {

  /**
   * Everything that carries the migration's tag or name, and rules on the source's security group
   * that came from it. A terminated instance that AWS still lists does not count.
   *
   * @param name the migration's name
   * @param sourceSecurityGroup the group to which the stack had added its rule
   */
  List<Leftover> search(String name, String sourceSecurityGroup);
}
