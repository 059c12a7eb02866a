package dev.tsferry.runner;

import static java.util.Objects.requireNonNull;

import dev.tsferry.plan.DatabaseAddress;
import dev.tsferry.plan.check.PasswordReport;
import dev.tsferry.runner.password.PasswordStatements;
import dev.tsferry.runner.password.RoleVerifiers;
import dev.tsferry.runner.postgres.Server;
import dev.tsferry.runner.postgres.Session;
import dev.tsferry.runner.postgres.Side;
import dev.tsferry.runner.process.Cancellation;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** New passwords for the target's roles, since those of the source are never carried. */
public final class TargetPasswords {
  private final DatabaseAddress address;
  private final Supplier<Secret> password;
  private final Path runtimeDirectory;

  /**
   * @param password of the target's user
   * @param runtimeDirectory where a certificate authority is put while it lasts
   */
  public TargetPasswords(
      DatabaseAddress address, Supplier<Secret> password, Path runtimeDirectory) {
    this.address = requireNonNull(address, "address is null");
    this.password = requireNonNull(password, "password is null");
    this.runtimeDirectory = requireNonNull(runtimeDirectory, "runtimeDirectory is null");
  }

  /**
   * Lists the roles, and gives those that are in {@code verifiers} their passwords.
   *
   * @throws dev.tsferry.plan.outcome.MigrationException with one of the target's codes, if it can't
   *     be reached
   */
  public PasswordReport apply(RoleVerifiers verifiers) {
    try (Server server =
            new Server(
                Side.TARGET,
                address,
                () -> password.get().value(),
                runtimeDirectory,
                new Cancellation());
        Session session = server.connect("passwords")) {
      PasswordStatements statements = new PasswordStatements(session);
      List<String> roles = statements.loginRoles();
      Map<String, String> refused = statements.apply(verifiers);
      return new PasswordReport(
          PasswordReport.VERSION,
          roles,
          verifiers.roles().stream()
              .map(RoleVerifiers.Entry::role)
              .filter(role -> !refused.containsKey(role))
              .toList(),
          refused.entrySet().stream()
              .map(entry -> new PasswordReport.Refused(entry.getKey(), entry.getValue()))
              .toList());
    }
  }
}
