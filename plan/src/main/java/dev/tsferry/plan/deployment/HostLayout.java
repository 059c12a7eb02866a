package dev.tsferry.plan.deployment;

/**
 * Where things lie on the migration host: what the command pushes there, what the runner writes,
 * and what the follower reads. One place, since three programs must agree on it.
 */
public final class HostLayout {
  /** Unprivileged system user that the runner and PostgreSQL's tools run as. */
  public static final String USER = "tsferry";

  /** Programs: the runner's jar; owned by root. */
  public static final String PROGRAM_DIRECTORY = "/opt/tsferry";

  /** The runner's jar, a symbolic link to the file that carries its SHA-256 in its name. */
  public static final String RUNNER_JAR = PROGRAM_DIRECTORY + "/runner.jar";

  /** Amazon RDS's certificate authorities in PEM; the host's preparation puts them there. */
  public static final String RDS_CA = PROGRAM_DIRECTORY + "/rds-ca.pem";

  /** State of runs: plan, events, state document, report, logs; owned by {@link #USER}. */
  public static final String STATE_DIRECTORY = "/var/lib/tsferry";

  /** The plan as pushed. */
  public static final String PLAN = STATE_DIRECTORY + "/migration.json";

  /** Dump files; on the data volume where there is one. */
  public static final String DUMP_DIRECTORY = STATE_DIRECTORY + "/dump";

  /**
   * Progress of the host's preparation: one line of text each. Written by root, hence not where
   * {@link #USER} could put a link in its place.
   */
  public static final String PREPARE_LOG = "/var/log/tsferry/prepare.log";

  /** tmpfs directory for password files; made by the unit, gone with it. */
  public static final String RUNTIME_DIRECTORY = "/run/tsferry";

  /** systemd unit that prepares the host. */
  public static final String PREPARE_UNIT = "tsferry-prepare.service";

  /** systemd unit that a run lives in; its name makes a second run on one host impossible. */
  public static final String RUN_UNIT = "tsferry-run.service";

  private HostLayout() {}
}
