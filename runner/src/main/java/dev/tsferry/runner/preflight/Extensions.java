package dev.tsferry.runner.preflight;

import java.util.Set;

/** Extensions that only the source's platform has; they stay behind, and the report says so. */
public final class Extensions {
  /** Names of extensions of RDS, Aurora and Aiven. */
  public static final Set<String> SOURCE_ONLY =
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

  private Extensions() {}
}
