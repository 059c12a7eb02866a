package dev.tsferry.cli.options;

import dev.tsferry.cli.discovery.source.SourceRequest;
import dev.tsferry.cli.discovery.source.SourceRequest.SelfHosted;
import dev.tsferry.plan.Source;
import dev.tsferry.plan.SourceKind;
import dev.tsferry.plan.Tls;
import dev.tsferry.plan.TlsMode;
import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.plan.outcome.MigrationException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** What of the source is said on the command line. */
final class SourceOptions {
  private static final Pattern ADDRESS = Pattern.compile("([^:/\\s]+)(?::([0-9]{1,5}))?(?:/(.+))?");
  private static final int POSTGRES = 5432;

  @Option(
      names = "--rds",
      paramLabel = "NAME",
      description =
          "The RDS instance or Aurora PostgreSQL cluster: its identifier, endpoint or ARN (default: asked on a terminal).")
  private String rds;

  @Option(
      names = "--source",
      paramLabel = "HOST[:PORT][/DATABASE]",
      description =
          "A self-hosted PostgreSQL or TimescaleDB; its VPC is found by its address (default port: 5432).")
  private String address;

  @Option(
      names = "--source-kind",
      paramLabel = "postgresql|timescaledb",
      converter = SourceKindConverter.class,
      description =
          "What a self-hosted source is (default: postgresql; one that uses TimescaleDB is recognised by the run).")
  private SourceKind kind;

  @Option(
      names = "--source-database",
      paramLabel = "NAME",
      description = "Database to carry (default: the one made with the instance or cluster).")
  private String database;

  @Option(
      names = "--source-user",
      paramLabel = "NAME",
      description = "User to log in as (default: the master user; self-hosted: postgres).")
  private String user;

  @Option(
      names = "--source-tls",
      paramLabel = "MODE",
      converter = TlsModeConverter.class,
      description =
          "require, verify-ca or verify-full (default: verify-full; self-hosted without --source-ca: require).")
  private TlsMode tls;

  @Option(
      names = "--source-ca",
      paramLabel = "rds|system|FILE",
      description =
          "Who vouches for the source's certificate: Amazon RDS's authorities, the system's, or a file in PEM (default: rds).")
  private String ca;

  @Option(
      names = "--source-version",
      paramLabel = "VERSION",
      description = "Version of a self-hosted server, such as 15.18, if it can't be asked.")
  private String version;

  @Option(
      names = "--source-size",
      paramLabel = "SIZE",
      converter = SizeConverter.class,
      description =
          "Data in use, such as 200GiB (default: what CloudWatch or, with $PGPASSWORD set, the server says).")
  private Long size;

  @Option(
      names = "--security-group",
      paramLabel = "ID",
      description =
          "Which of the source's security groups gets the rule (default: the one with a rule for its port).")
  private String securityGroup;

  @Option(
      names = "--vpc",
      paramLabel = "ID",
      description = "VPC from which a self-hosted source is reached, if its address is not found.")
  private String vpc;

  /** Whether a source is named at all. */
  boolean named() {
    return rds != null || address != null;
  }

  /**
   * The request.
   *
   * @param base the plan that is brought up to date, which says what is not said here
   */
  SourceRequest request(Optional<Source> base) {
    if (rds != null && address != null) {
      throw new MigrationException(
          ErrorCode.BAD_ARGUMENT, "--rds and --source are both given, and there is one source");
    }
    Optional<Source> kept = named() ? Optional.empty() : base;
    Optional<SelfHosted> selfHosted =
        address == null
            ? kept.filter(SourceOptions::isSelfHosted).map(SourceOptions::addressOf)
            : Optional.of(parse(address));
    return new SourceRequest(
        Optional.ofNullable(rds)
            .or(() -> kept.filter(source -> !isSelfHosted(source)).map(Source::identifier)),
        selfHosted,
        Optional.ofNullable(kind).or(() -> kept.map(Source::kind)),
        Optional.ofNullable(database)
            .or(() -> selfHosted.flatMap(SelfHosted::database))
            .or(() -> kept.map(source -> source.address().database())),
        Optional.ofNullable(user).or(() -> kept.map(source -> source.address().user())),
        tls(kept, selfHosted.isPresent()),
        Optional.ofNullable(securityGroup),
        kept.map(Source::securityGroupId),
        Optional.ofNullable(vpc)
            .or(() -> kept.filter(SourceOptions::isSelfHosted).map(Source::vpcId)),
        Optional.ofNullable(version)
            .or(() -> kept.filter(SourceOptions::isSelfHosted).map(Source::engineVersion)),
        size == null
            ? kept.filter(SourceOptions::isSelfHosted)
                .map(source -> OptionalLong.of(source.sizeBytes()))
                .orElse(OptionalLong.empty())
            : OptionalLong.of(size));
  }

  private static boolean isSelfHosted(Source source) {
    return source.kind() == SourceKind.TIMESCALEDB || source.kind() == SourceKind.POSTGRESQL;
  }

  private static SelfHosted addressOf(Source source) {
    return new SelfHosted(
        source.address().host(), source.address().port(), Optional.of(source.address().database()));
  }

  private static SelfHosted parse(String text) {
    Matcher matcher = ADDRESS.matcher(text);
    if (!matcher.matches()) {
      throw new MigrationException(
          ErrorCode.BAD_ARGUMENT,
          "--source %s: must be HOST, HOST:PORT or HOST:PORT/DATABASE, without a password"
              .formatted(text.contains("@") ? "…" : text));
    }
    int port = matcher.group(2) == null ? POSTGRES : Integer.parseInt(matcher.group(2));
    OptionChecks.port("--source", port);
    return new SelfHosted(matcher.group(1), port, Optional.ofNullable(matcher.group(3)));
  }

  private Tls tls(Optional<Source> kept, boolean selfHosted) {
    if (tls == null && ca == null && kept.isPresent()) {
      return kept.get().address().tls();
    }
    String authority = ca == null ? null : CaOption.read("--source-ca", ca, Tls.RDS, Tls.SYSTEM);
    if (selfHosted && authority == null && tls == null) {
      return new Tls(TlsMode.REQUIRE, null);
    }
    TlsMode mode = tls == null ? TlsMode.VERIFY_FULL : tls;
    if (mode == TlsMode.REQUIRE) {
      if (authority != null) {
        throw new MigrationException(
            ErrorCode.BAD_ARGUMENT,
            "--source-ca is given, but --source-tls require verifies nothing",
            "leave --source-tls out");
      }
      return new Tls(mode, null);
    }
    return new Tls(mode, authority == null ? (selfHosted ? Tls.SYSTEM : Tls.RDS) : authority);
  }
}
