package dev.tsferry.runner.preflight;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Extensions of the source that stay behind, each with the reason: those that only the source's
 * platform has, and those that the plan leaves out.
 *
 * @param reasons reason by name, such as {@code it exists only on the source's platform}
 */
public record SkippedExtensions(Map<String, String> reasons) {
  /** Names of extensions of RDS, Aurora and Aiven. */
  private static final Set<String> SOURCE_ONLY =
      Set.of(
          "aiven_extras",
          "apg_plan_mgmt",
          "aws_commons",
          "aws_lambda",
          "aws_ml",
          "aws_s3",
          "pg_tle",
          "rds_activity_stream",
          "rds_tools",
          "rdsutils");

  public SkippedExtensions {
    reasons = Map.copyOf(reasons);
  }

  /**
   * With those that a plan names.
   *
   * @param byPlan their names
   */
  public static SkippedExtensions with(Collection<String> byPlan) {
    Map<String, String> reasons = new TreeMap<>();
    byPlan.forEach(name -> reasons.put(name, "the plan leaves it out"));
    SOURCE_ONLY.forEach(name -> reasons.put(name, "it exists only on the source's platform"));
    return new SkippedExtensions(reasons);
  }

  /** Why it stays behind, if it does. */
  public Optional<String> reason(String name) {
    return Optional.ofNullable(reasons.get(name));
  }
}
