package dev.tsferry.cli.teardown;

import java.util.List;

/**
 * What a search found.
 *
 * @param found what is left
 * @param unseen what could not be looked at and why, such as {@code snapshots: AWS denied
 *     ec2:DescribeSnapshots}; of these nobody knows whether something is left
 */
public record SearchResult(List<Leftover> found, List<String> unseen) {
  public SearchResult {
    found = List.copyOf(found);
    unseen = List.copyOf(unseen);
  }
}
