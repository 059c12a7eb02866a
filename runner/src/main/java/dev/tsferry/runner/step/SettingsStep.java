package dev.tsferry.runner.step;

import dev.tsferry.plan.Counted;
import dev.tsferry.runner.dump.DumpDirectory;
import dev.tsferry.runner.handover.HandoverLedger;
import dev.tsferry.runner.handover.Outcome;
import dev.tsferry.runner.pipeline.Step;
import dev.tsferry.runner.pipeline.StepContext;
import dev.tsferry.runner.postgres.Session;
import dev.tsferry.runner.preflight.Findings;
import dev.tsferry.runner.privilege.Membership;
import dev.tsferry.runner.privilege.PrivilegeCarrier;
import dev.tsferry.runner.privilege.PrivilegeSnapshot;
import dev.tsferry.runner.privilege.RoleMapping;
import dev.tsferry.runner.privilege.Snapshots;
import dev.tsferry.runner.setting.SettingCarrier;
import dev.tsferry.runner.setting.SourceSettings;
import dev.tsferry.runner.state.Ledger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Gives the target's objects the source's owners and privileges, and its database the source's
 * settings and comment; then compares both catalogues.
 *
 * <p>Effect: all of it, what was refused, and the step's row in the ledger, in one transaction.
 * Repeat: nothing, once the row is there.
 */
final class SettingsStep implements Step {
  private static final String ID = "settings";
  private static final String DOING = "setting owners, privileges and settings on the target";
  private static final Set<String> OTHER_LOGINS = Set.of("rds_iam", "rds_ad");

  private final Workspace workspace;

  SettingsStep(Workspace workspace) {
    this.workspace = workspace;
  }

  @Override
  public String id() {
    return ID;
  }

  @Override
  public String title() {
    return "grant and set";
  }

  @Override
  public Optional<String> skip() {
    return workspace.ledger().isDone(ID) ? Optional.of("done before") : Optional.empty();
  }

  @Override
  public String run(StepContext context) throws IOException {
    SourceSettings source = source(workspace);
    Outcome outcome = new Outcome(ID);
    List<PrivilegeCarrier.Result> results = new ArrayList<>();
    try (Session target = workspace.target().connect(ID)) {
      RoleMapping roles = roles(workspace, target, source.privileges());
      target.transaction(
          DOING,
          connection -> {
            Ledger.record(connection, workspace.run(), ID, "");
            PrivilegeCarrier.Result result =
                new PrivilegeCarrier(target, roles, outcome, context::checkCancelled)
                    .carry(connection, source.privileges());
            List<String> differences = new ArrayList<>(result.differences());
            differences.addAll(
                new SettingCarrier(target, roles, outcome, context::checkCancelled)
                    .carry(connection, source));
            results.add(result);
            Ledger.replaceChanges(connection, ID, outcome.changes());
            HandoverLedger.replace(connection, ID, outcome.handover());
            // Told before it is kept: a run that dies in between tells it again.
            tell(context, roles, result, differences, source.privileges());
          });
    }
    workspace.writeHandover();
    return "owners and privileges of %s, %s; %s handed over"
        .formatted(
            Counted.of(results.get(0).objects(), "object"),
            Counted.of(source.settings().size(), "setting"),
            Counted.of(outcome.handover().size(), "statement"));
  }

  /** What was read with the dump; where its files are gone, the source as it is now. */
  static SourceSettings source(Workspace workspace) throws IOException {
    Path file = workspace.dump().file(DumpDirectory.SETTINGS);
    return workspace.manifest().isPresent() && Files.exists(file)
        ? SourceSettings.ofJson(Files.readAllBytes(file))
        : SourceSettings.now(workspace.source());
  }

  /** Which of the target's roles stand for the source's. */
  static RoleMapping roles(Workspace workspace, Session target, PrivilegeSnapshot source) {
    String user = workspace.target().address().user();
    return RoleMapping.of(
        target, workspace.source().address().user(), Snapshots.roles(source), user);
  }

  private void tell(
      StepContext context,
      RoleMapping roles,
      PrivilegeCarrier.Result result,
      List<String> differences,
      PrivilegeSnapshot source) {
    String user = roles.user();
    if (!roles.sourceUser().equals(user)) {
      context.info(
          "what belongs to %s on the source belongs to %s".formatted(roles.sourceUser(), user));
    }
    if (!result.owners().isEmpty()) {
      context.info(
          "objects belong to the roles that they belong to on the source, and %s is a member of these roles: %s"
              .formatted(user, Findings.some(List.copyOf(new TreeSet<>(result.owners())))));
    }
    if (result.platforms() > 0) {
      context.info(
          "left behind with the source platform's own roles: "
              + Counted.of(result.platforms(), "privilege"));
    }
    List<String> iam =
        source.memberships().stream()
            .filter(membership -> OTHER_LOGINS.contains(membership.role()))
            .map(Membership::member)
            .filter(member -> !OTHER_LOGINS.contains(member) && !member.startsWith("rds"))
            .toList();
    if (!iam.isEmpty()) {
      context.warn(
          "roles that log in through IAM or a directory on the source need a password on the target: "
              + Findings.some(iam));
    }
    result
        .databaseOwner()
        .ifPresent(
            owner ->
                context.warn(
                    "the source's database belongs to %s; on the target it stays %s's"
                            .formatted(owner, user)
                        + roles
                            .of(owner)
                            .filter(there -> !there.equals(user))
                            .map(", and %s is granted what its owner may do"::formatted)
                            .orElse("")));
    if (!result.membersOfOwner().isEmpty()) {
      context.warn(
          "members of the source's owner can't be members of %s; grant them what they need of its objects: %s"
              .formatted(user, Findings.some(List.copyOf(new TreeSet<>(result.membersOfOwner())))));
    }
    if (!result.definers().isEmpty()) {
      context.warn(
          "SECURITY DEFINER functions could not be given to their owner and run with the rights of %s; see the report's changes and handover.sql: %s"
              .formatted(user, Findings.some(result.definers())));
    }
    if (!differences.isEmpty()) {
      context.warn(
          "privileges or settings differ from the source's (%d): %s"
              .formatted(differences.size(), Findings.some(differences)));
    }
  }
}
