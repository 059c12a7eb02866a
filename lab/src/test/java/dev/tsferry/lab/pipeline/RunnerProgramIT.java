package dev.tsferry.lab.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.tsferry.lab.database.DatabaseImages;
import dev.tsferry.lab.database.OrdersDatabase;
import dev.tsferry.lab.database.RdsLikeSource;
import dev.tsferry.lab.database.RequiresContainerEngine;
import dev.tsferry.lab.database.TimescaleLikeTarget;
import dev.tsferry.plan.Architecture;
import dev.tsferry.plan.Host;
import dev.tsferry.plan.MigrationPlan;
import dev.tsferry.plan.PlanFile;
import dev.tsferry.plan.Source;
import dev.tsferry.plan.SourceKind;
import dev.tsferry.plan.Volume;
import dev.tsferry.plan.event.RunEvent;
import dev.tsferry.plan.event.RunState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** The runner's jar as the migration host runs it, with a small stand-in for Secrets Manager. */
@RequiresContainerEngine
@EnabledIf(
    value = "jarIsPackaged",
    disabledReason = "runner/target/tsferry-runner.jar is not there")
class RunnerProgramIT {
  private static final Path JAR = Path.of("..", "runner", "target", "tsferry-runner.jar");
  private static final String ARN = "arn:aws:secretsmanager:us-east-1:123456789012:secret:";

  @TempDir Path folder;
  private final Map<String, String> secrets = new ConcurrentHashMap<>();
  private HttpServer secretsManager;
  private static RdsLikeSource source;
  private static TimescaleLikeTarget target;
  private Crossing crossing;

  static boolean jarIsPackaged() {
    return Files.exists(JAR);
  }

  @BeforeAll
  static void startDatabases() throws SQLException {
    source = new RdsLikeSource(DatabaseImages.source(), "localhost").publishedOnLoopback();
    target = new TimescaleLikeTarget(DatabaseImages.target(), "localhost").publishedOnLoopback();
    source.start();
    target.start();
    try (Connection master = source.connect()) {
      OrdersDatabase.create(master, 1000);
    }
  }

  @AfterAll
  static void stopDatabases() {
    source.stop();
    target.stop();
  }

  @BeforeEach
  void startSecretsManager() throws IOException {
    secretsManager =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    secretsManager.createContext(
        "/",
        exchange -> {
          String request =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          String side = request.contains("source") ? "source" : "target";
          byte[] answer = secrets.get(side).getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    secretsManager.start();
    crossing = Crossing.of(source, target, folder, OrdersDatabase.HYPERTABLES);
    secrets.put("source", secret(source.password()));
    secrets.put("target", secret(target.password()));
  }

  @AfterEach
  void stopSecretsManager() {
    secretsManager.stop(0);
  }

  @Test
  void program_secretNotSet_saysSo() throws Exception {
    secrets.put("target", "{\"SecretString\":\"{}\"}");
    Process process = program();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(10);
    assertThat(errors())
        .isEqualTo(
            """
            error: reading the target's password from the secret %starget: it is not set
            hint: set it with "tsferry secret set target"
            """
                .formatted(ARN));
  }

  @Test
  void program_terminatedAndStartedAgainWithARotatedPassword_arrives() throws Exception {
    Process process = program();
    try (TableLock lock = TableLock.of(target, "telemetry.devices")) {
      lock.awaitLoading();
      process.destroy();
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(process.exitValue()).isEqualTo(130);
    assertThat(crossing.state().status()).isEqualTo(RunState.Status.CANCELLED);

    source.asSuperuser("alter role orders_admin password 'rotated'");
    secrets.put("source", secret("rotated"));
    process = program();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();

    assertThat(process.exitValue()).as(crossing.events().toString()).isZero();
    assertThat(crossing.events())
        .last()
        .isInstanceOfSatisfying(
            RunEvent.RunFinished.class, end -> assertThat(end.exitCode()).isZero());
    assertThat(crossing.writtenFiles())
        .noneMatch(text -> text.contains(target.password()) || text.contains("rotated"));
  }

  private Process program() throws IOException {
    Path plan = folder.resolve("migration.json");
    PlanFile.write(plan(), plan);
    ProcessBuilder builder =
        new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                JAR.toString(),
                "run",
                "--plan=" + plan,
                "--state=" + crossing.request().stateDirectory(),
                "--dump=" + crossing.request().dumpDirectory(),
                "--runtime=" + crossing.request().runtimeDirectory()));
    Map<String, String> environment = builder.environment();
    environment.put("TSFERRY_SOURCE_SECRET", ARN + "source");
    environment.put("TSFERRY_TARGET_SECRET", ARN + "target");
    environment.put("AWS_REGION", "us-east-1");
    environment.put("AWS_ACCESS_KEY_ID", "lab");
    environment.put("AWS_SECRET_ACCESS_KEY", "lab");
    environment.put(
        "AWS_ENDPOINT_URL", "http://localhost:" + secretsManager.getAddress().getPort());
    return builder.redirectError(folder.resolve("stderr").toFile()).start();
  }

  private String errors() {
    try {
      return Files.readString(folder.resolve("stderr"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private MigrationPlan plan() {
    Volume volume = new Volume(20, 3000, 125, null);
    return new MigrationPlan(
        MigrationPlan.VERSION,
        crossing.request().name(),
        "123456789012",
        "us-east-1",
        new Source(
            SourceKind.RDS,
            "orders-db",
            source.address(),
            null,
            null,
            "15.20",
            1,
            "vpc-1234abcd",
            "sg-1234abcd",
            "us-east-1a"),
        new Host(
            "subnet-1234abcd",
            "us-east-1a",
            false,
            "m7i.large",
            Architecture.X86_64,
            "ami-1234abcd",
            "24.04",
            volume,
            volume),
        target.address(),
        crossing.request().pipeline());
  }

  private static String secret(String password) {
    String inner =
        "{\"username\":\"u\",\"password\":\"%s\"}".formatted(password.replace("\\", "\\\\"));
    return "{\"SecretString\":\"%s\"}".formatted(inner.replace("\\", "\\\\").replace("\"", "\\\""));
  }
}
