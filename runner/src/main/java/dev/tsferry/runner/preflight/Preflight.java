package dev.tsferry.runner.preflight;

import dev.tsferry.plan.Pipeline;
import dev.tsferry.plan.check.CheckReport.Candidate;
import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.plan.outcome.MigrationException;
import dev.tsferry.runner.dump.RoleRules;
import dev.tsferry.runner.postgres.ClientPrograms;
import dev.tsferry.runner.postgres.Server;
import dev.tsferry.runner.postgres.Session;
import dev.tsferry.runner.preflight.SourceChecks.Extension;
import dev.tsferry.runner.process.AtOnce;
import dev.tsferry.runner.timescaledb.Guide;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Every question that can be asked of both databases before anything is written; one class for each
 * theme, this one for their order. Its sessions can only read, and no question takes longer than a
 * time limit.
 */
public final class Preflight implements AutoCloseable {
  private static final String DOING = "looking at both databases";
  private static final int SECONDS = 30;
  private static final Duration LONG_TRANSACTION = Duration.ofMinutes(5);
  // The server ends a statement with this code when its time is up.
  private static final String TIMED_OUT = "57014";

  private final Server sourceServer;
  private final Server targetServer;
  private final Findings findings;
  private final Session source;
  private final Session target;

  private Preflight(
      Server sourceServer, Server targetServer, Session source, Session target, Findings findings) {
    this.sourceServer = sourceServer;
    this.targetServer = targetServer;
    this.findings = findings;
    this.source = source;
    this.target = target;
  }

  /** Opens a session with each side; a side that can't be reached is a finding. */
  public static Preflight open(Server source, Server target, Findings findings)
      throws InterruptedException {
    Findings ofSource = new Findings();
    Findings ofTarget = new Findings();
    AtomicReference<Session> there = new AtomicReference<>();
    AtomicReference<Session> here = new AtomicReference<>();
    try {
      AtOnce.all(
          List.of(
              () -> there.set(reach(source, ofSource)), () -> here.set(reach(target, ofTarget))));
    } catch (IOException e) {
      throw new UncheckedIOException("neither of the two reads a file", e);
    }
    findings.addAll(ofSource);
    findings.addAll(ofTarget);
    return new Preflight(source, target, there.get(), here.get(), findings);
  }

  /** The source, to look at only; null where it can't be reached. */
  public Session sourceSession() {
    return source;
  }

  /** The target, to look at only; null where it can't be reached. */
  public Session targetSession() {
    return target;
  }

  /** Whether both sides can be reached. */
  public boolean reached() {
    return source != null && target != null;
  }

  /** Asks everything that needs the source alone. */
  public void source(Pipeline pipeline, OptionalLong room) {
    SourceChecks kind = new SourceChecks(source, findings);
    ask("kind", kind::kind);
    MachineChecks.check(findings);
    SizeChecks size = new SizeChecks(source, findings);
    ask("size", () -> size.database(pipeline.acknowledgeSize()));
    ask("dump room", () -> size.dump(room, pipeline));
    ask("largest tables", size::largest);
    ReadabilityChecks readability = new ReadabilityChecks(source, findings);
    ask("schema rights", readability::schemas);
    ask("table rights", readability::tables);
    ask("sequence rights", readability::sequences);
    ask("row security", readability::rowSecurity);
    ask("large object rights", readability::largeObjects);
    ActivityChecks activity = new ActivityChecks(source, findings);
    ask("writers", activity::writers);
    ask("session limits", activity::limits);
    ask("long transactions", () -> activity.longTransactions(LONG_TRANSACTION));
    ask("prepared transactions", activity::preparedTransactions);
    ask("read-only source", activity::leftReadOnly);
    leftBehind();
    ask("superuser's objects", () -> new SuperuserObjectChecks(source, findings).check());
    ask("search path", () -> new SearchPathChecks(source, findings).check());
  }

  private void leftBehind() {
    LeftBehindChecks left = new LeftBehindChecks(source, findings);
    ask("publications", left::publications);
    ask("subscriptions", left::subscriptions);
    ask("replication slots", left::replicationSlots);
    ask("security labels", left::securityLabels);
    ask("tablespaces", left::tablespaces);
    ask("foreign tables", left::foreignTables);
    ask("unlogged tables", left::unloggedTables);
    ask("large objects", left::largeObjects);
    ask("materialized views", left::materializedViews);
    ask("other databases", left::otherDatabases);
  }

  /**
   * Asks everything that needs the target.
   *
   * @param empty whether nothing of a user's may be there
   */
  public void target(boolean empty) {
    TargetChecks checks = new TargetChecks(target, findings);
    ask("target's rights", checks::writable);
    ask("restore mode", checks::restoring);
    ask("target's address", checks::reached);
    if (empty) {
      ask("target's objects", checks::empty);
    }
  }

  /**
   * Asks everything that needs both.
   *
   * @param guide the procedure that the run follows
   * @param first whether nothing was loaded yet
   */
  public void both(
      Pipeline pipeline, Optional<ClientPrograms> programs, Guide guide, boolean first) {
    VersionChecks versions =
        new VersionChecks(sourceServer.version(), targetServer.version(), findings);
    ask("versions", versions::servers);
    ask("client programs", () -> versions.programs(programs));
    Set<String> owners =
        RoleRules.ownersOf(sourceServer.address().user(), targetServer.address().user());
    if (!pipeline.roles()) {
      ask("roles", () -> new RoleChecks(source, target, findings).leftOut(owners));
    }
    ask(
        "roles of policies",
        () -> new PolicyChecks(source, target, findings).roles(pipeline.roles(), owners));
    EncodingChecks encodings = new EncodingChecks(source, target, findings);
    ask("encoding", encodings::database);
    ask("collations", encodings::collations);
    List<Extension> extensions = new SourceChecks(source, findings).extensions();
    SkippedExtensions skipped = SkippedExtensions.with(pipeline.skipExtensions());
    ask("extensions", () -> new ExtensionChecks(target, skipped, findings).check(extensions));
    ask(
        "rows of extensions",
        () -> new ExtensionRowChecks(source, target, skipped, findings).check());
    if (guide == Guide.TIMESCALEDB) {
      ask(
          "TimescaleDB",
          () -> new TimescaleChecks(source, target, findings).check(pipeline, first));
    } else {
      ask(
          "hypertables",
          () -> new HypertableChecks(source, target, findings).check(pipeline.hypertables()));
    }
  }

  /** Proposes the plan's pipeline part, and says why of each table. */
  public List<Candidate> candidates(Pipeline pipeline) {
    try {
      return new HypertableCandidates(source, target).find(pipeline);
    } catch (MigrationException e) {
      unanswered("hypertable candidates", e);
      return List.of();
    }
  }

  /**
   * Client programs that fit both servers.
   *
   * @param programs what is there; kept if they fit
   */
  public int clientMajor(Optional<ClientPrograms> programs) {
    int least = sourceServer.majorVersion();
    int most = targetServer.majorVersion();
    return programs
        .map(ClientPrograms::major)
        .filter(major -> major >= least && major <= most)
        .orElse(least);
  }

  @Override
  public void close() {
    for (Session session : new Session[] {source, target}) {
      if (session != null) {
        session.close();
      }
    }
  }

  private static Session reach(Server server, Findings findings) {
    Session session = null;
    try {
      session = server.connect("preflight");
      session.execute(DOING, "set default_transaction_read_only = on");
      session.execute(DOING, "set statement_timeout = '%ds'".formatted(SECONDS));
      return session;
    } catch (MigrationException e) {
      if (session != null) {
        session.close();
      }
      if (e.code() == ErrorCode.CANCELLED) {
        throw e;
      }
      findings.error(server.side().word(), e);
      return null;
    }
  }

  /** Asks one question more; if it can't be answered, that is a finding. */
  public void ask(String question, Runnable check) {
    try {
      check.run();
    } catch (MigrationException e) {
      unanswered(question, e);
    }
  }

  // A platform may hide a catalogue, and a huge one may take too long: the others are asked all the
  // same. A lost connection is a failure that nothing else would tell.
  private void unanswered(String question, MigrationException e) {
    if (e.code() == ErrorCode.CANCELLED) {
      throw e;
    }
    if (timedOut(e)) {
      findings.warning(
          "check-unfinished",
          question,
          "this check was given up after %d s".formatted(SECONDS),
          "see to it yourself");
    } else if ("42501".equals(state(e))) {
      findings.warning(
          "check-refused",
          question,
          "this check was refused: " + e.getMessage(),
          "see to it yourself");
    } else {
      findings.error(question, e);
    }
  }

  static boolean timedOut(MigrationException e) {
    return TIMED_OUT.equals(state(e));
  }

  private static String state(MigrationException e) {
    return e.getCause() instanceof SQLException sql ? sql.getSQLState() : null;
  }
}
