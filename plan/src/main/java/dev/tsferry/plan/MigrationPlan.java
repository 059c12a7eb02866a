package dev.tsferry.plan;

import static java.util.Objects.requireNonNull;

/**
 * What is to be done, complete and without a secret: written once by {@code tsferry plan}, safe to
 * commit and to review, and the only thing that every later command reads.
 *
 * <p>{@code migration.schema.json}, next to this class, has every field with its type and limits.
 *
 * @param version version of this format
 * @param name what the migration is called; part of every name that the stack gives
 * @param account the AWS account's id, 12 digits
 * @param region such as {@code eu-west-1}
 */
public record MigrationPlan(
    int version,
    String name,
    String account,
    String region,
    Source source,
    Host host,
    DatabaseAddress target,
    Pipeline pipeline) {

  public static final int VERSION = 1;

  /** The plan's file name where none is given. */
  public static final String DEFAULT_FILE = "migration.json";

  public MigrationPlan {
    requireNonNull(name, "name is null");
    requireNonNull(account, "account is null");
    requireNonNull(region, "region is null");
    requireNonNull(source, "source is null");
    requireNonNull(host, "host is null");
    requireNonNull(target, "target is null");
    requireNonNull(pipeline, "pipeline is null");
  }

  /** The same migration with another pipeline; the stack is not concerned. */
  public MigrationPlan with(Pipeline other) {
    return new MigrationPlan(version, name, account, region, source, host, target, other);
  }
}
