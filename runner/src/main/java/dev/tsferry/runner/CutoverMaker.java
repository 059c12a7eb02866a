package dev.tsferry.runner;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tsferry.plan.Counted;
import dev.tsferry.plan.DatabaseAddress;
import dev.tsferry.plan.VerifyLevel;
import dev.tsferry.plan.report.Cutover;
import dev.tsferry.plan.report.MigrationReport.StatementChange;
import dev.tsferry.plan.report.Support;
import dev.tsferry.runner.handover.HandoverLedger;
import dev.tsferry.runner.password.PasswordStatements;
import dev.tsferry.runner.postgres.Server;
import dev.tsferry.runner.postgres.Session;
import dev.tsferry.runner.step.Workspace;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Says what is left to do by hand after a run. */
final class CutoverMaker {
  private CutoverMaker() {}

  static Cutover cutover(RunRequest request, Workspace workspace, Server source, Server target) {
    List<String> remaining = new ArrayList<>();
    if (request.pipeline().verify() == VerifyLevel.NONE) {
      remaining.add("compare both sides, since the plan asked for no verification");
    }
    List<String> roles = request.pipeline().roles() ? roles(source, target) : List.of();
    if (!roles.isEmpty()) {
      remaining.add(
          "give a password to %s (\"tsferry passwords\"): %s"
              .formatted(Counted.of(roles.size(), "login role"), String.join(", ", roles)));
    }
    int handedOver = HandoverLedger.read(target).size();
    if (handedOver > 0) {
      remaining.add(
          "have somebody with more rights execute the handover script (%s)"
              .formatted(Counted.of(handedOver, "statement")));
    }
    long refused =
        workspace.ledger().changes().stream()
            .filter(change -> change.kind() == StatementChange.Kind.REFUSED)
            .count();
    if (refused > 0) {
      remaining.add(
          "see to %s that the target refused (\"tsferry report --changes\")"
              .formatted(Counted.of(refused, "statement")));
    }
    if (request.pipeline().quiesce().keepReadOnly()) {
      remaining.add("mind that the source stays read-only, as the plan says");
    }
    remaining.add(
        "point the application at the target, with its own role in place of %s"
            .formatted(target.address().user()));
    if (request.pipeline().hypertables().stream().anyMatch(table -> !table.wantsPolicies())) {
      remaining.add(
          "consider compression and retention policies for the new hypertables: https://docs.tigerdata.com/use-timescale/latest/");
    }
    return new Cutover(uri(target.address()), remaining, Support.all());
  }

  // Roles that only the target's platform has are nobody's application.
  private static List<String> roles(Server source, Server target) {
    try (Session there = source.visit("report");
        Session here = target.visit("report")) {
      Set<String> carried =
          new HashSet<>(
              there.list(
                  "listing the source's roles",
                  "select rolname from pg_catalog.pg_roles where rolcanlogin",
                  row -> row.getString(1)));
      return new PasswordStatements(here).loginRoles().stream().filter(carried::contains).toList();
    }
  }

  static String uri(DatabaseAddress address) {
    String host = address.host().contains(":") ? "[" + address.host() + "]" : address.host();
    return "postgres://%s@%s:%d/%s?sslmode=%s"
        .formatted(
            encoded(address.user()),
            host,
            address.port(),
            encoded(address.database()),
            address.tls().mode().sslmode());
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8).replace("+", "%20");
  }
}
