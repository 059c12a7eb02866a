package dev.tsferry.cli.options;

import dev.tsferry.cli.discovery.DiscoveryRequest;
import dev.tsferry.plan.DatabaseAddress;
import dev.tsferry.plan.Hypertable;
import dev.tsferry.plan.Tls;
import dev.tsferry.plan.TlsMode;
import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.plan.outcome.MigrationException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** What a plan is made of: the source, the target, the hypertables, the host's place. */
public final class PlanningOptions {

  @ArgGroup(exclusive = false, validate = false, heading = "%nSource:%n", order = 1)
  private SourceOptions source = new SourceOptions();

  @ArgGroup(exclusive = false, validate = false, heading = "%nTarget:%n", order = 2)
  private TargetOptions target = new TargetOptions();

  @ArgGroup(exclusive = false, validate = false, heading = "%nPipeline:%n", order = 3)
  private PipelineOptions pipeline = new PipelineOptions();

  @ArgGroup(exclusive = false, validate = false, heading = "%nHost and account:%n", order = 4)
  private HostOptions host = new HostOptions();

  static final class SourceOptions {
    @Option(
        names = "--rds",
        paramLabel = "IDENTIFIER",
        description = "DB instance identifier of the RDS instance.")
    private String rds;

    @Option(
        names = "--source-database",
        paramLabel = "NAME",
        description = "Database to carry (default: the one made with the instance).")
    private String database;

    @Option(
        names = "--source-ca",
        paramLabel = "rds|FILE",
        defaultValue = Tls.RDS,
        description =
            "Who vouches for the source's certificate: Amazon RDS's authorities or a file in PEM (default: ${DEFAULT-VALUE}).")
    private String ca;

    @Option(
        names = "--security-group",
        paramLabel = "ID",
        description = "Which of the instance's security groups gets the rule, if it has several.")
    private String securityGroup;
  }

  static final class TargetOptions {
    @Option(
        names = "--target-host",
        paramLabel = "HOST",
        description = "Host name of the Timescale service.")
    private String host;

    @Option(
        names = "--target-port",
        paramLabel = "PORT",
        description = "Port of the Timescale service.")
    private Integer port;

    @Option(
        names = "--target-database",
        paramLabel = "NAME",
        defaultValue = "tsdb",
        description = "Database on the target (default: ${DEFAULT-VALUE}).")
    private String database;

    @Option(
        names = "--target-user",
        paramLabel = "NAME",
        defaultValue = "tsdbadmin",
        description = "User on the target (default: ${DEFAULT-VALUE}).")
    private String user;

    @Option(
        names = "--target-tls",
        paramLabel = "MODE",
        defaultValue = "require",
        converter = TlsModeConverter.class,
        description = "require, verify-ca or verify-full (default: ${DEFAULT-VALUE}).")
    private TlsMode tls;

    @Option(
        names = "--target-ca",
        paramLabel = "FILE|system",
        description =
            "Who vouches for the target's certificate: a file in PEM or the system's authorities (default with verify-*: system).")
    private String ca;
  }

  static final class PipelineOptions {
    @Option(
        names = "--hypertable",
        paramLabel = "SCHEMA.TABLE:COLUMN[:INTERVAL]",
        converter = HypertableConverter.class,
        description =
            "Make this table a hypertable on the target, for example 'public.metrics:time:7 days'. Repeatable.")
    private List<Hypertable> hypertables = new ArrayList<>();
  }

  static final class HostOptions {
    @Option(
        names = "--name",
        paramLabel = "NAME",
        description =
            "What the migration is called, part of all names in AWS (default: the identifier).")
    private String name;

    @Option(
        names = "--subnet",
        paramLabel = "ID",
        description =
            "Subnet for the migration host (default: one with a way out, in the source's zone).")
    private String subnet;

    @Option(
        names = "--region",
        paramLabel = "REGION",
        description = "AWS region (default: the environment's).")
    private String region;
  }

  /** The region that was asked for. */
  public Optional<String> region() {
    return Optional.ofNullable(host.region);
  }

  /**
   * The request that these options make.
   *
   * @throws dev.tsferry.plan.outcome.MigrationException {@code BAD_ARGUMENT} if a certificate file
   *     cannot be used, or a name is not allowed
   */
  public DiscoveryRequest request() {
    requireGiven();
    OptionChecks.name(host.name);
    OptionChecks.port("--target-port", target.port);
    return new DiscoveryRequest(
        source.rds,
        new DatabaseAddress(target.host, target.port, target.database, target.user, targetTls()),
        new Tls(TlsMode.VERIFY_FULL, CaOption.read("--source-ca", source.ca, Tls.RDS)),
        Optional.ofNullable(source.database),
        Optional.ofNullable(host.name),
        Optional.ofNullable(host.subnet),
        Optional.ofNullable(source.securityGroup),
        pipeline.hypertables);
  }

  // picocli does not enforce required options in groups that only serve as headings.
  private void requireGiven() {
    List<String> missing = new ArrayList<>();
    if (source.rds == null) {
      missing.add("--rds IDENTIFIER");
    }
    if (target.host == null) {
      missing.add("--target-host HOST");
    }
    if (target.port == null) {
      missing.add("--target-port PORT");
    }
    if (!missing.isEmpty()) {
      throw new MigrationException(
          ErrorCode.BAD_ARGUMENT, "planning: missing " + String.join(", ", missing));
    }
  }

  private Tls targetTls() {
    boolean verifies = target.tls == TlsMode.VERIFY_CA || target.tls == TlsMode.VERIFY_FULL;
    if (target.ca == null) {
      return new Tls(target.tls, verifies ? Tls.SYSTEM : null);
    }
    OptionChecks.authorityIsAsked(target.tls);
    return new Tls(target.tls, CaOption.read("--target-ca", target.ca, Tls.SYSTEM));
  }
}
