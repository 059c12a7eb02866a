package dev.tsferry.cli.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tsferry.cli.discovery.DiscoveryRequest.HostRequest;
import dev.tsferry.cli.discovery.finding.Questions;
import dev.tsferry.cli.discovery.source.ServerProbe;
import dev.tsferry.cli.discovery.source.SourceRequest;
import dev.tsferry.cli.discovery.source.SourceRequest.SelfHosted;
import dev.tsferry.cli.fake.FakeAccount;
import dev.tsferry.plan.Architecture;
import dev.tsferry.plan.DataMode;
import dev.tsferry.plan.DatabaseAddress;
import dev.tsferry.plan.HostSoftware;
import dev.tsferry.plan.SourceKind;
import dev.tsferry.plan.Tls;
import dev.tsferry.plan.TlsMode;
import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.plan.outcome.MigrationException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Discovery against a fake account, with what a user may say as fields. */
final class TestDiscovery {
  final FakeAccount account = new FakeAccount();
  Optional<String> rds = Optional.of("orders-db");
  Optional<SelfHosted> address = Optional.empty();
  Optional<SourceKind> kind = Optional.empty();
  Optional<String> database = Optional.empty();
  Optional<String> user = Optional.empty();
  Optional<String> securityGroup = Optional.empty();
  Optional<String> vpc = Optional.empty();
  Optional<String> version = Optional.empty();
  OptionalLong size = OptionalLong.empty();
  Optional<String> subnet = Optional.empty();
  Optional<String> instanceType = Optional.empty();
  DataMode dataMode = DataMode.DUMP;
  int jobs = 1;
  HostSoftware software;
  String kmsKey;
  Architecture architecture = Architecture.X86_64;
  Optional<String> name = Optional.empty();
  String target = "t";
  ServerProbe probe = ServerProbe.NONE;
  Questions questions = Questions.NOBODY;
  Clock clock = Clock.fixed(Instant.parse("2026-11-20T12:00:00Z"), ZoneOffset.UTC);

  Discovered discover() {
    Directories directories =
        new Directories(
            account.identity(),
            account.rds,
            account.rds,
            account.network,
            account.network,
            account.images(),
            account.network,
            probe);
    return new PlanDiscovery(directories, clock).discover(request(), questions);
  }

  private DiscoveryRequest request() {
    return new DiscoveryRequest(
        new SourceRequest(
            rds,
            address,
            kind,
            database,
            user,
            new Tls(TlsMode.VERIFY_FULL, Tls.RDS),
            securityGroup,
            Optional.empty(),
            vpc,
            version,
            size),
        new DatabaseAddress(target, 1, "tsdb", "tsdbadmin", new Tls(TlsMode.REQUIRE, null)),
        new HostRequest(
            subnet,
            architecture,
            instanceType,
            "24.04",
            dataMode,
            jobs,
            software,
            kmsKey,
            0,
            Optional.empty()),
        name,
        List.of());
  }

  MigrationException refused(ErrorCode code) {
    MigrationException failure = catchThrowableOfType(MigrationException.class, this::discover);
    assertThat(failure).isNotNull();
    assertThat(failure.code()).as(failure.getMessage()).isEqualTo(code);
    return failure;
  }
}
