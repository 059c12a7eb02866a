package dev.tsferry.cli.aws;

import static java.util.Objects.requireNonNull;

import dev.tsferry.cli.teardown.Leftover;
import dev.tsferry.cli.teardown.LeftoverSearch;
import dev.tsferry.cli.teardown.SearchResult;
import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.plan.outcome.MigrationException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What a migration left, kind after kind; one missing right hides one kind and no other. */
final class SdkLeftoverSearch implements LeftoverSearch {
  private final Ec2Leftovers ec2;
  private final IamLeftovers iam;
  private final StoredLeftovers stored;

  SdkLeftoverSearch(Ec2Leftovers ec2, IamLeftovers iam, StoredLeftovers stored) {
    this.ec2 = requireNonNull(ec2, "ec2 is null");
    this.iam = requireNonNull(iam, "iam is null");
    this.stored = requireNonNull(stored, "stored is null");
  }

  @Override
  public SearchResult search(String name, String sourceSecurityGroup) {
    MigrationMark mark = new MigrationMark(name);
    return search(
        Stream.of(ec2.looks(mark, sourceSecurityGroup), iam.looks(mark), stored.looks(mark))
            .flatMap(List::stream)
            .toList());
  }

  static SearchResult search(List<Look> looks) {
    List<Leftover> found = new ArrayList<>();
    List<String> unseen = new ArrayList<>();
    for (Look look : looks) {
      String doing = "looking for left-over " + look.what();
      try {
        found.addAll(AwsErrors.call(look.action(), doing, look.look()));
      } catch (MigrationException e) {
        if (e.code() == ErrorCode.AWS_NO_CREDENTIALS) {
          throw e;
        }
        unseen.add(look.what() + ": " + e.getMessage().substring(doing.length() + 2));
      }
    }
    return new SearchResult(found, unseen);
  }
}
