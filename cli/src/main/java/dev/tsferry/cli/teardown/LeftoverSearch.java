package dev.tsferry.cli.teardown;

/** Looks through the account for what a migration left. */
public interface LeftoverSearch {

  /**
   * Everything that carries the migration's tag or name, and rules on the source's security group
   * that came from it. A terminated instance that AWS still lists does not count. What may not be
   * looked at does not stop the search, and is named in its result.
   *
   * @param name the migration's name
   * @param sourceSecurityGroup the group to which the stack had added its rule
   */
  SearchResult search(String name, String sourceSecurityGroup);
}
