package dev.tsferry.plan.report;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * What is left to do by hand between a run that succeeded and an application that uses the target.
 *
 * <pre>
 * {"connection":"postgres://tsdbadmin@abc.tsdb.cloud.timescale.com:31000/tsdb?sslmode=require",
 *  "remaining":["give 9 roles a password: tsferry passwords"],"support":["e-mail: …"]}
 * </pre>
 *
 * @param connection the target as libpq's URI, without a password
 * @param remaining what is to be done, in order
 * @param support where help is
 */
public record Cutover(String connection, List<String> remaining, List<String> support) {
  public Cutover {
    requireNonNull(connection, "connection is null");
    remaining = List.copyOf(remaining);
    support = List.copyOf(support);
  }
}
