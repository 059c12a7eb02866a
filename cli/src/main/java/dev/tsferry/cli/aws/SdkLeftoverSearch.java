package dev.tsferry.cli.aws;

import dev.tsferry.cli.teardown.Leftover;
import dev.tsferry.cli.teardown.LeftoverSearch;
import dev.tsferry.plan.deployment.ResourceNames;
import java.util.ArrayList;
import java.util.List;

/** What a migration left, service by service. */
final class SdkLeftoverSearch implements LeftoverSearch {
  private final List<LeftoverSearch> searches;

  SdkLeftoverSearch(List<LeftoverSearch> searches) {
    this.searches = List.copyOf(searches);
  }

  @Override
  public List<Leftover> search(String name, String sourceSecurityGroup) {
    List<Leftover> found = new ArrayList<>();
    searches.forEach(search -> found.addAll(search.search(name, sourceSecurityGroup)));
    return found;
  }

  /** Whether a name that CloudFormation made belongs to the migration's stack. */
  static boolean named(String resource, String migration) {
    String stack = ResourceNames.stack(migration);
    return resource.equals(stack) || resource.startsWith(stack + "-");
  }
}
