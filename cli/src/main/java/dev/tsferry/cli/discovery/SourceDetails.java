package dev.tsferry.cli.discovery;

import dev.tsferry.cli.discovery.finding.Choice;
import dev.tsferry.cli.discovery.finding.Findings;
import dev.tsferry.cli.discovery.source.ServerProbe;
import dev.tsferry.cli.discovery.source.ServerProbe.Answer;
import dev.tsferry.cli.discovery.source.ServerProbe.Database;
import dev.tsferry.cli.discovery.source.SourceDatabase;
import dev.tsferry.cli.discovery.source.SourceRequest;
import dev.tsferry.plan.DatabaseAddress;
import dev.tsferry.plan.outcome.ErrorCode;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What RDS does not know of the source for certain: which database is carried, how large it is, and
 * of a self-hosted server its version. The server is asked where it can be, then the user.
 *
 * @param sizeBytes whole GiB
 */
record SourceDetails(String database, String user, String engineVersion, long sizeBytes) {
  private static final long GIB = 1L << 30;
  // Every server has it, and a login of the master user's may always go there.
  private static final String MAINTENANCE = "postgres";

  /** Finds them out; empty, and the problems said, where something stays open. */
  static Optional<SourceDetails> of(
      SourceDatabase found, SourceRequest request, ServerProbe probe, Findings findings) {
    String user = request.user().orElse(found.login().user());
    Optional<Answer> answer = ask(found, request, user, probe, findings);
    Optional<String> database = database(found, request, answer, findings);
    Optional<String> version =
        answer
            .map(Answer::version)
            .or(() -> Optional.ofNullable(found.engineVersion()))
            .or(
                () ->
                    findings.ask(
                        "planning to carry " + found.identifier(),
                        "which version of PostgreSQL it is, only the server knows",
                        "version of PostgreSQL, such as 15.18",
                        "--source-version, or its password in $PGPASSWORD, then it is asked"));
    Optional<Long> size = size(found, request, answer, database, findings);
    if (database.isEmpty() || version.isEmpty() || size.isEmpty()) {
      return Optional.empty();
    }
    if (!version.get().matches("[0-9]+([.][0-9]+)*.*")) {
      findings.problem(
          ErrorCode.BAD_ARGUMENT,
          "--source-version %s: must be a version such as 15.18".formatted(version.get()));
      return Optional.empty();
    }
    return Optional.of(new SourceDetails(database.get(), user, version.get(), size.get()));
  }

  private static Optional<Answer> ask(
      SourceDatabase found,
      SourceRequest request,
      String user,
      ServerProbe probe,
      Findings findings) {
    if (found.endpoint() == null) {
      return Optional.empty();
    }
    String database =
        request
            .database()
            .or(() -> Optional.ofNullable(found.login().database()))
            .orElse(MAINTENANCE);
    DatabaseAddress address =
        new DatabaseAddress(
            found.endpoint().host(), found.endpoint().port(), database, user, request.tls());
    return findings
        .want("the server was not asked itself", () -> probe.ask(address))
        .flatMap(answer -> answer);
  }

  private static Optional<String> database(
      SourceDatabase found, SourceRequest request, Optional<Answer> answer, Findings findings) {
    Optional<String> named =
        request.database().or(() -> Optional.ofNullable(found.login().database()));
    if (named.isPresent()) {
      return named;
    }
    String doing = "choosing the database of " + found.identifier();
    if (answer.isPresent()) {
      List<Database> databases = answer.get().databases();
      if (databases.size() == 1) {
        findings.decided("database", databases.get(0).name(), "the server has no other");
        return Optional.of(databases.get(0).name());
      }
      List<Choice> choices =
          databases.stream()
              .map(one -> new Choice(one.name(), "%s (%d GiB)".formatted(one.name(), gib(one))))
              .toList();
      return findings
          .choose(doing, "the server has several", choices, "--source-database")
          .map(Choice::value);
    }
    return findings.ask(
        doing,
        "AWS knows of none that was made with it",
        "name of the database to carry",
        "--source-database");
  }

  private static Optional<Long> size(
      SourceDatabase found,
      SourceRequest request,
      Optional<Answer> answer,
      Optional<String> database,
      Findings findings) {
    if (request.size().isPresent()) {
      return Optional.of(request.size().getAsLong());
    }
    Optional<Long> asked =
        answer.stream()
            .flatMap(said -> said.databases().stream())
            .filter(one -> one.name().equals(database.orElse(null)))
            .findFirst()
            .map(one -> gib(one) * GIB);
    OptionalLong known = found.size();
    if (asked.isPresent()) {
      return asked;
    }
    if (known.isPresent()) {
      return Optional.of(known.getAsLong());
    }
    findings.problem(
        ErrorCode.BAD_ARGUMENT,
        "planning to carry %s: how much data it holds is not known from here"
            .formatted(found.identifier()),
        "give it with --source-size, such as 200GiB, or the password in $PGPASSWORD, then the server is asked");
    return Optional.empty();
  }

  private static long gib(Database database) {
    return Math.max(1, (database.bytes() + GIB - 1) / GIB);
  }
}
