package dev.tsferry.cli.local;

import dev.tsferry.plan.check.PasswordReport;
import dev.tsferry.runner.TargetPasswords;
import dev.tsferry.runner.password.RoleVerifiers;
import java.nio.file.Path;
import java.util.Map;

/** New passwords for the target's roles, from this machine. */
public final class LocalPasswords {
  private LocalPasswords() {}

  /**
   * Sets them on the database of {@code TARGET}.
   *
   * @throws dev.tsferry.plan.outcome.MigrationException {@code BAD_ARGUMENT} if that is not
   *     understood, or one of the target's codes
   */
  public static PasswordReport apply(RoleVerifiers verifiers, Map<String, String> environment) {
    LocalDatabase target = LocalDatabases.targetOf(environment);
    Path runtime = RuntimeDirectory.make(environment);
    try {
      return new TargetPasswords(target.address(), target::password, runtime).apply(verifiers);
    } finally {
      RuntimeDirectory.delete(runtime);
    }
  }
}
