package dev.tsferry.lab.privilege;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tsferry.lab.database.DatabaseImages;
import dev.tsferry.lab.database.LabDatabase;
import dev.tsferry.lab.database.RequiresContainerEngine;
import dev.tsferry.lab.database.TimescaleLikeTarget;
import dev.tsferry.plan.DatabaseAddress;
import dev.tsferry.runner.password.PasswordStatements;
import dev.tsferry.runner.password.RolePasswords;
import dev.tsferry.runner.postgres.Server;
import dev.tsferry.runner.postgres.Session;
import dev.tsferry.runner.postgres.Side;
import dev.tsferry.runner.process.Cancellation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.containers.Container.ExecResult;
import org.testcontainers.images.builder.Transferable;

@RequiresContainerEngine
class RolePasswordsIT {
  private static final String HOSTILE = "O'Brien, \"the\"; --";

  @TempDir Path directory;

  @Test
  void apply_generatedPasswords_openTheTarget_andAreInNoLog() throws Exception {
    try (TimescaleLikeTarget target =
        new TimescaleLikeTarget(DatabaseImages.target(), "orders.tsdb.cloud.test")
            .publishedOnLoopback()) {
      target.start();
      try (Connection owner = target.connect();
          Statement statement = owner.createStatement()) {
        statement.execute(
            "create role alice login; create role \"O'Brien, \"\"the\"\"; --\" login; create role team");
      }
      target.asSuperuser("alter system set log_statement = 'all'");
      target.asSuperuser("select pg_reload_conf()");
      Path file = directory.resolve("passwords");
      try (Server server = server(target);
          Session session = server.connect("passwords")) {
        PasswordStatements statements = new PasswordStatements(session);
        assertThat(statements.loginRoles()).containsExactly(HOSTILE, "alice");
        RolePasswords passwords = RolePasswords.generated(statements.loginRoles());
        passwords.write(file);
        assertThat(statements.apply(passwords.verifiers())).isEmpty();
        assertThat(statements.apply(RolePasswords.generated(List.of("nobody")).verifiers()))
            .containsEntry("nobody", "role \"nobody\" does not exist");
        PasswordStatements.writeScript(passwords.verifiers(), directory.resolve("passwords.sql"));
      }
      String script = Files.readString(directory.resolve("passwords.sql"));
      for (String line : Files.readAllLines(file)) {
        String password = line.split("\t", -1)[1];
        login(target, line.split("\t", -1)[0], password);
        assertThat(script).doesNotContain(password);
        assertThat(target.getLogs()).contains("SCRAM-SHA-256$4096:").doesNotContain(password);
      }
      target.copyFileToContainer(Transferable.of(script), "/tmp/passwords.sql");
      ExecResult result =
          target.execInContainer(
              "psql",
              "-X",
              "-v",
              "ON_ERROR_STOP=1",
              "-U",
              "postgres",
              "-d",
              "tsdb",
              "-f",
              "/tmp/passwords.sql");
      assertThat(result.getExitCode()).as(result.getStderr()).isZero();
      String last = Files.readAllLines(file).get(1);
      login(target, last.split("\t", -1)[0], last.split("\t", -1)[1]);
    }
  }

  private Server server(TimescaleLikeTarget target) {
    return new Server(
        Side.TARGET,
        target.address(),
        target::password,
        directory.resolve("runtime"),
        new Cancellation());
  }

  private static void login(TimescaleLikeTarget target, String role, String password)
      throws Exception {
    DatabaseAddress address = target.address();
    try (Connection connection =
        LabDatabase.open(
            new DatabaseAddress(
                address.host(), address.port(), address.database(), role, address.tls()),
            password)) {
      assertThat(connection.isValid(5)).isTrue();
    }
  }
}
