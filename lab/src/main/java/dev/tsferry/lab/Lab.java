package dev.tsferry.lab;

import static java.util.Objects.requireNonNull;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Container;
import dev.tsferry.lab.account.AwsClients;
import dev.tsferry.lab.account.RdsInstance;
import dev.tsferry.lab.aws.EmulatedAws;
import dev.tsferry.lab.database.DatabaseComparison;
import dev.tsferry.lab.database.DatabaseImages;
import dev.tsferry.lab.database.LabDatabase;
import dev.tsferry.lab.database.OrdersDatabase;
import dev.tsferry.lab.database.RdsLikeSource;
import dev.tsferry.lab.database.TimescaleLikeTarget;
import dev.tsferry.lab.image.LabImages;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.lifecycle.Startables;

/**
 * The lab as a whole: containers and networks that carry its label, and nothing else, so that it
 * outlives the process that brought it up and any other can take it down.
 */
final class Lab {
  static final String LABEL = "tsferry.lab";
  private static final Duration REMOVAL = Duration.ofSeconds(30);
  static final String RDS_IDENTIFIER = "orders-db";
  static final String TARGET_HOST = "orders.tsdb.cloud.test";

  private final String name;
  private final LabFolder folder;
  private final DockerClient docker = DockerClientFactory.lazyClient();

  Lab(String name, LabFolder folder) {
    this.name = requireNonNull(name, "name is null");
    this.folder = requireNonNull(folder, "folder is null");
  }

  /**
   * Brings the lab up: networks, the emulated API, source and target at once; then fills the source
   * and registers it with the emulated RDS.
   *
   * @param readings rows of the largest table, or null for the demo's size
   */
  void up(Integer readings) throws SQLException {
    down();
    LabNetwork vpc = LabNetwork.vpc(docker, name);
    LabNetwork internet = LabNetwork.internet(docker, name);
    say("starting the emulated AWS API, the source and the target");
    RdsLikeSource source =
        labelled(
            new RdsLikeSource(
                DatabaseImages.source(), RdsInstance.endpoint(RDS_IDENTIFIER, EmulatedAws.REGION)),
            "source",
            vpc);
    TimescaleLikeTarget target =
        labelled(new TimescaleLikeTarget(DatabaseImages.target(), TARGET_HOST), "target", internet);
    CompletableFuture<EmulatedAws> aws =
        CompletableFuture.supplyAsync(
            () ->
                EmulatedAws.start(
                    name,
                    LabImages.named("aws"),
                    LabImages.named("host").asCanonicalNameString(),
                    internet));
    Startables.deepStart(source, target).join();
    int rows = readings == null ? OrdersDatabase.FULL_SCALE : readings;
    say("filling the source: %,d rows in its largest table".formatted(rows));
    Filled filled = fill(source, rows);
    register(aws.join(), source, filled);
    describe(aws.join(), source, target);
    say("up; take it down with \"lab down\"");
  }

  /** Compares the contents of both sides; empty where they are the same. */
  List<String> compare() throws SQLException {
    try (Connection one = source();
        Connection other =
            target(TimescaleLikeTarget.OWNER, folder.read(LabFolder.TARGET_PASSWORD))) {
      return DatabaseComparison.differences(one, other);
    }
  }

  /** A session of the source's master user. */
  Connection source() throws SQLException {
    return new LabServer(
            container("source"),
            RdsLikeSource.MASTER_USER,
            RdsLikeSource.DATABASE,
            folder.read(LabFolder.SOURCE_PASSWORD),
            folder.read(LabFolder.SOURCE_CA))
        .connect(docker);
  }

  /** A session on the target. */
  Connection target(String user, String password) throws SQLException {
    return new LabServer(
            container("target"),
            user,
            TimescaleLikeTarget.DATABASE,
            password,
            folder.read(LabFolder.TARGET_CA))
        .connect(docker);
  }

  /** Takes down every container and network that carries the lab's label. */
  void down() {
    // The emulated API first: while it lives, it makes the hosts of its instances anew.
    EmulatedAws.remove(name);
    containers().forEach(this::remove);
    // A network can't be removed before the last container has really left it.
    long deadline = System.nanoTime() + REMOVAL.toNanos();
    while (!containers().isEmpty() && System.nanoTime() < deadline) {
      Thread.onSpinWait();
    }
    docker.listNetworksCmd().exec().stream()
        .filter(network -> name.equals(network.getLabels().get(LABEL)))
        .forEach(network -> docker.removeNetworkCmd(network.getId()).exec());
    folder.clear();
  }

  private List<String> containers() {
    return docker
        .listContainersCmd()
        .withShowAll(true)
        .withLabelFilter(Map.of(LABEL, name))
        .exec()
        .stream()
        .map(Container::getId)
        .toList();
  }

  private void remove(String container) {
    try {
      docker.removeContainerCmd(container).withForce(true).withRemoveVolumes(true).exec();
    } catch (NotFoundException | ConflictException e) {
      // Gone already or about to be, which is what was asked for.
    }
  }

  private <D extends LabDatabase<D>> D labelled(D database, String role, LabNetwork network) {
    return database.withNetwork(network).withLabel(LABEL, name).named(container(role));
  }

  private record Filled(String serverVersion, long bytes) {}

  private static Filled fill(RdsLikeSource source, int rows) throws SQLException {
    try (Connection master = source.connect();
        Statement statement = master.createStatement()) {
      OrdersDatabase.create(master, rows);
      ResultSet size = statement.executeQuery("select pg_database_size(current_database())");
      size.next();
      // "15.18 (Debian 15.18-0+deb12u1)": RDS gives the number alone.
      String version = master.getMetaData().getDatabaseProductVersion().split(" ", 2)[0];
      return new Filled(version, size.getLong(1));
    }
  }

  private void register(EmulatedAws aws, RdsLikeSource source, Filled filled) {
    AwsClients clients =
        new AwsClients(aws.endpoint(), EmulatedAws.REGION, aws.accessKey(), aws.secretKey());
    new RdsInstance(
            RDS_IDENTIFIER,
            filled.serverVersion(),
            RdsLikeSource.DATABASE,
            RdsLikeSource.MASTER_USER)
        .register(clients, source.password(), filled.bytes());
  }

  private void describe(EmulatedAws aws, RdsLikeSource source, TimescaleLikeTarget target) {
    folder.write(LabFolder.SOURCE_CA, source.ca());
    folder.write(LabFolder.SOURCE_PASSWORD, source.password());
    folder.write(LabFolder.TARGET_CA, target.ca());
    folder.write(LabFolder.TARGET_PASSWORD, target.password());
    folder.writeEnvironment(
        Map.of(
            "AWS_ENDPOINT_URL", aws.endpoint().toString(),
            "AWS_REGION", EmulatedAws.REGION,
            "AWS_ACCESS_KEY_ID", aws.accessKey(),
            "AWS_SECRET_ACCESS_KEY", aws.secretKey()));
  }

  private String container(String role) {
    return "tsferry-%s-%s".formatted(name, role);
  }

  private static void say(String text) {
    System.err.println("lab: " + text);
  }
}
