package dev.tsferry.runner.dump;

import dev.tsferry.plan.report.MigrationReport.StatementChange;
import dev.tsferry.runner.dump.DumpScanner.Item;
import dev.tsferry.runner.dump.DumpScanner.Statement;
import dev.tsferry.runner.dump.RoleRules.Verdict;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes from pg_dumpall's roles what goes to the target.
 *
 * @param statements what is to be executed on the target, in order
 * @param changes what was dropped or changed, with the reason
 * @param logins roles that log in; they have no password on the target
 * @param ownSettings settings of the source's owner, as statements for the target's user
 * @param kept roles that the guide's rule on names beginning with {@code rds} would have dropped
 */
public record RoleDump(
    List<String> statements,
    List<StatementChange> changes,
    List<String> logins,
    List<String> ownSettings,
    List<String> kept) {
  public RoleDump {
    statements = List.copyOf(statements);
    changes = List.copyOf(changes);
    logins = List.copyOf(logins);
    ownSettings = List.copyOf(ownSettings);
    kept = List.copyOf(kept);
  }

  /**
   * Translates {@code in}.
   *
   * @throws DumpSyntaxException if the dump is cut off
   */
  public static RoleDump translate(String step, InputStream in, RoleRules rules)
      throws IOException {
    DumpScanner scanner = new DumpScanner(in);
    List<String> statements = new ArrayList<>();
    List<StatementChange> changes = new ArrayList<>();
    List<String> logins = new ArrayList<>();
    List<String> ownSettings = new ArrayList<>();
    List<String> kept = new ArrayList<>();
    for (Optional<Item> item = scanner.next(); item.isPresent(); item = scanner.next()) {
      if (!(item.get() instanceof Statement statement)) {
        continue;
      }
      Verdict verdict = rules.judge(statement.text());
      if (verdict.kind() != null) {
        changes.add(SchemaDump.change(step, verdict.kind(), statement.text(), verdict.reason()));
      }
      verdict.login().ifPresent(logins::add);
      rules.ownSetting(statement.text()).map(SqlTokens::decoded).ifPresent(ownSettings::add);
      verdict.kept().ifPresent(kept::add);
      verdict.statement().map(SqlTokens::decoded).ifPresent(statements::add);
    }
    if (!scanner.complete()) {
      throw new DumpSyntaxException("pg_dumpall's closing line is missing");
    }
    return new RoleDump(statements, changes, logins, ownSettings, kept);
  }
}
