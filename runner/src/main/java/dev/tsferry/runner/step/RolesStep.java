package dev.tsferry.runner.step;

import dev.tsferry.plan.Counted;
import dev.tsferry.plan.report.MigrationReport.StatementChange;
import dev.tsferry.runner.dump.DumpDirectory;
import dev.tsferry.runner.dump.RoleDump;
import dev.tsferry.runner.dump.RoleRules;
import dev.tsferry.runner.handover.Attempts;
import dev.tsferry.runner.handover.HandoverLedger;
import dev.tsferry.runner.handover.HandoverStatement;
import dev.tsferry.runner.handover.Outcome;
import dev.tsferry.runner.handover.TargetStatement;
import dev.tsferry.runner.pipeline.Step;
import dev.tsferry.runner.pipeline.StepContext;
import dev.tsferry.runner.postgres.Session;
import dev.tsferry.runner.preflight.Findings;
import dev.tsferry.runner.privilege.RoleMapping;
import dev.tsferry.runner.state.Ledger;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Creates the source's roles and memberships on the target, as far as a user who is no superuser
 * may; passwords stay behind.
 *
 * <p>Effect: roles, every change of a statement and the step's row in the ledger, in one
 * transaction. Repeat: nothing, once the row is there.
 */
final class RolesStep implements Step {
  private static final String ID = "roles";
  private static final String OWN_SETTING =
      "a setting of the source's owner; the service's user has its own, and takes this one by running it";
  private static final String DOING = "creating roles on the target";

  private final Workspace workspace;

  RolesStep(Workspace workspace) {
    this.workspace = workspace;
  }

  @Override
  public String id() {
    return ID;
  }

  @Override
  public String title() {
    return "create roles";
  }

  @Override
  public Optional<String> skip() {
    if (!workspace.pipeline().roles()) {
      return Optional.of("the plan leaves roles out");
    }
    return workspace.ledger().isDone(ID) ? Optional.of("done before") : Optional.empty();
  }

  @Override
  public String run(StepContext context) throws IOException {
    SchemaStep.manifest(workspace);
    try (Session target = workspace.target().connect(ID);
        InputStream file = Files.newInputStream(workspace.dump().file(DumpDirectory.ROLES))) {
      RoleDump roles = RoleDump.translate(ID, file, rules(target));
      Outcome outcome = new Outcome(ID);
      List<StatementChange> changes = new ArrayList<>(roles.changes());
      target.transaction(
          DOING,
          connection -> {
            Ledger.record(connection, workspace.run(), ID, "");
            new Attempts(connection, context::checkCancelled)
                .run(roles.statements().stream().map(RolesStep::withoutEnd).toList())
                .forEach(outcome::refused);
            changes.addAll(outcome.changes());
            Ledger.replaceChanges(connection, ID, changes);
            HandoverLedger.replace(connection, ID, handover(roles, outcome));
          });
      tell(context, roles);
      return "%s, %d changed or left out"
          .formatted(Counted.of(roles.statements().size(), "statement"), changes.size());
    }
  }

  /** How the source's roles become the target's. */
  RoleRules rules(Session target) {
    Set<String> owners =
        RoleMapping.owners(
            workspace.source().address().user(), workspace.target().address().user());
    Set<String> existing =
        new HashSet<>(
            target.list(DOING, "select rolname from pg_catalog.pg_roles", row -> row.getString(1)));
    boolean createdb =
        target.isTrue(
            DOING,
            "select rolcreatedb or rolsuper from pg_catalog.pg_roles where rolname = current_user");
    return new RoleRules(owners, existing, createdb);
  }

  private static List<HandoverStatement> handover(RoleDump roles, Outcome outcome) {
    List<HandoverStatement> handover = new ArrayList<>();
    roles
        .ownSettings()
        .forEach(statement -> handover.add(new HandoverStatement(ID, statement, OWN_SETTING)));
    handover.addAll(outcome.handover());
    return handover;
  }

  private static TargetStatement withoutEnd(String statement) {
    String text = statement.strip();
    return TargetStatement.of(text.endsWith(";") ? text.substring(0, text.length() - 1) : text);
  }

  private static void tell(StepContext context, RoleDump roles) {
    if (!roles.logins().isEmpty()) {
      context.warn(
          "passwords are not carried, so there is none for %s; \"tsferry passwords\" gives new ones: %s"
              .formatted(
                  Counted.of(roles.logins().size(), "login role"), Findings.some(roles.logins())));
    }
    if (!roles.kept().isEmpty()) {
      context.info(
          "kept although the guide's rule would have dropped them, for their names begin with rds: "
              + Findings.some(roles.kept()));
    }
  }
}
