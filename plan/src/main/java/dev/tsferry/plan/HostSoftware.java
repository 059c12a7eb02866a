package dev.tsferry.plan;

/**
 * Where the host gets what it runs, for hosts behind a proxy or without the internet. Packages are
 * signed and checked whatever way they come.
 *
 * <pre>
 * {"ubuntuMirror": "https://mirror.example/ubuntu", "postgresqlMirror": "https://mirror.example/pgdg"}
 * </pre>
 *
 * @param proxy HTTP proxy for packages, such as {@code http://proxy.example:3128}, or null; the SSM
 *     agent, Secrets Manager and the push bucket are reached without it
 * @param ubuntuMirror used instead of every mirror that the image names, or null
 * @param postgresqlMirror used instead of {@code https://apt.postgresql.org/pub/repos/apt}, or null
 * @param rdsBundle URL of Amazon RDS's certificate bundle, or null for Amazon's own
 */
public record HostSoftware(
    String proxy, String ubuntuMirror, String postgresqlMirror, String rdsBundle) {

  /** Ubuntu's mirrors, PostgreSQL's own repository, Amazon's trust store. */
  public static final HostSoftware FROM_THE_INTERNET = new HostSoftware(null, null, null, null);
}
