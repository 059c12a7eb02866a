package dev.tsferry.runner.step;

import dev.tsferry.plan.Counted;
import dev.tsferry.runner.pipeline.Step;
import dev.tsferry.runner.pipeline.StepContext;
import dev.tsferry.runner.postgres.Session;
import dev.tsferry.runner.preflight.Findings;
import dev.tsferry.runner.preflight.UserObjects;
import dev.tsferry.runner.state.Ledger;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Gathers statistics, without which the target's first queries would be planned badly. The server
 * passes over what the user may not analyze, with a warning.
 */
final class AnalyzeStep implements Step {
  private static final String ID = "analyze";
  // WARNING:  skipping "pg_authid" --- only superuser can analyze it; from 17 on permission denied
  // to analyze "pg_authid", skipping it.
  private static final Pattern SKIPPED =
      Pattern.compile("(?:skipping|permission denied to analyze) \"([^\"]+)\"");

  // Catalogues and extensions' tables the platform analyzes by itself; the warnings don't name the
  // schema.
  private static final String USERS_TABLES =
      """
      select format('%%I.%%I', n.nspname, c.relname)
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relname = any (?) and c.relkind in ('r', 'm', 'p', 'f')
        and not pg_has_role(c.relowner, 'usage') and %s and %s
      order by 1
      """
          .formatted(UserObjects.SCHEMA, UserObjects.notOfExtension("pg_class", "c.oid"));

  private final Workspace workspace;

  AnalyzeStep(Workspace workspace) {
    this.workspace = workspace;
  }

  @Override
  public String id() {
    return ID;
  }

  @Override
  public String title() {
    return "gather statistics";
  }

  @Override
  public Optional<String> skip() {
    return workspace.ledger().isDone(ID) ? Optional.of("done before") : Optional.empty();
  }

  @Override
  public String run(StepContext context) {
    try (Session target = workspace.target().connect(ID)) {
      List<String> passedOver =
          ofUsers(
              target, passedOver(target.executeWithWarnings("analyzing the target", "analyze")));
      if (!passedOver.isEmpty()) {
        context.info(
            "only a superuser or the owner may analyze %s; passed over: %s"
                .formatted(Counted.of(passedOver.size(), "table"), Findings.some(passedOver)));
      }
      target.transaction(
          "recording the step", connection -> Ledger.record(connection, workspace.run(), ID, ""));
    }
    return "statistics of the whole database";
  }

  private static List<String> ofUsers(Session target, List<String> relations) {
    return target.list(
        "looking up what was not analyzed",
        USERS_TABLES,
        row -> row.getString(1),
        (Object) relations.toArray(String[]::new));
  }

  /** The tables of warnings such as {@code permission denied to analyze "x", skipping it}. */
  static List<String> passedOver(List<String> warnings) {
    return warnings.stream()
        .map(SKIPPED::matcher)
        .filter(Matcher::find)
        .map(matcher -> matcher.group(1))
        .distinct()
        .sorted()
        .toList();
  }
}
