package dev.tsferry.lab.database;

import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.model.ContainerNetwork;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports.Binding;
import dev.tsferry.plan.DatabaseAddress;
import dev.tsferry.plan.Tls;
import dev.tsferry.plan.TlsMode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.Properties;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.DockerImageName;

/**
 * A PostgreSQL server of the lab in a container of its own, which lets in only what the real
 * service lets in: TLS under a certificate authority of its own, password login, no superuser.
 *
 * <p>It lives on its network only, unless {@link #publishedOnLoopback} was asked for.
 */
public abstract class LabDatabase<S extends LabDatabase<S>> extends GenericContainer<S> {
  private static final int PORT = 5432;
  private static final String LOOPBACK = "127.0.0.1";
  private static final String LAB_LABEL = "tsferry.lab";

  private final String serverName;
  private final String superuser;
  private final String user;
  private final String database;
  private final String password = randomPassword();
  private String ca;

  /**
   * @param serverName host name under which clients reach it, in its certificate and an alias on
   *     its network
   */
  LabDatabase(
      DockerImageName image, String serverName, String superuser, String user, String database) {
    super(image);
    this.serverName = serverName;
    this.superuser = superuser;
    this.user = user;
    this.database = database;
    // What belongs to no lab belongs to a test; a lab puts its own name over it.
    withLabel(LAB_LABEL, "test");
    withEnv("SERVER_NAME", serverName);
    withNetworkAliases(serverName);
    waitingFor(Wait.forLogMessage(".*database system is ready to accept connections.*\\s", 1));
  }

  /** Publishes the server on a free port of 127.0.0.1; for tests that run outside its network. */
  public S publishedOnLoopback() {
    return publishedOn(Binding.bindIp(LOOPBACK));
  }

  /** The same on a port that stays when the container is {@link #restarted}. */
  public S publishedOnLoopbackForGood() {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return publishedOn(Binding.bindIpAndPort(LOOPBACK, free.getLocalPort()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  // Testcontainers alone would publish on every interface.
  private S publishedOn(Binding binding) {
    withExposedPorts(PORT);
    withCreateContainerCmdModifier(
        command ->
            command
                .getHostConfig()
                .withPortBindings(new PortBinding(binding, ExposedPort.tcp(PORT))));
    return self();
  }

  /**
   * Ends the server and starts it again; needs {@link #publishedOnLoopbackForGood}. Returns before
   * it is ready.
   *
   * @param killed whether it is killed, and has to recover, or shut down
   */
  public void restarted(boolean killed) {
    if (killed) {
      getDockerClient().killContainerCmd(getContainerId()).exec();
    } else {
      getDockerClient().stopContainerCmd(getContainerId()).exec();
    }
    getDockerClient().startContainerCmd(getContainerId()).exec();
  }

  /** Gives the container a name, so that people and other processes find it. */
  public S named(String containerName) {
    withCreateContainerCmdModifier(command -> command.withName(containerName));
    return self();
  }

  /** The database as this machine sees it; needs {@link #publishedOnLoopback}. */
  public DatabaseAddress address() {
    return new DatabaseAddress("localhost", getMappedPort(PORT), database, user, tls());
  }

  /** The database as other containers on its network see it. */
  public DatabaseAddress networkAddress() {
    return new DatabaseAddress(serverName, PORT, database, user, tls());
  }

  /** The password of {@link #address}'s user, another one for each container. */
  public String password() {
    return password;
  }

  /** The certificate of the authority that signed the server's, in PEM. */
  public String ca() {
    return ca;
  }

  /** A session of {@link #address}'s user, the server verified. */
  public Connection connect() throws SQLException {
    return connect(database);
  }

  /** A session of {@link #address}'s user in another database of the server. */
  public Connection connect(String otherDatabase) throws SQLException {
    return open(withDatabase(published() ? address() : backDoor(), otherDatabase), password);
  }

  /**
   * A session at any of the lab's databases, also from a process that did not start its container.
   * It speaks the simple protocol, so that the server and not the driver tells one statement of a
   * script from the next: the driver's way fails on functions with a body of SQL.
   */
  public static Connection open(DatabaseAddress address, String password) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", address.user());
    properties.setProperty("password", password);
    properties.setProperty("sslmode", address.tls().mode().sslmode());
    properties.setProperty("sslfactory", "org.postgresql.ssl.SingleCertValidatingFactory");
    properties.setProperty("sslfactoryarg", address.tls().ca());
    properties.setProperty("preferQueryMode", "simple");
    String url =
        "jdbc:postgresql://%s:%d/%s".formatted(address.host(), address.port(), address.database());
    return DriverManager.getConnection(url, properties);
  }

  /**
   * Runs {@code sql} as the superuser that no client of the real service has, and returns psql's
   * unaligned output; for what a test must arrange or see behind the owner's back.
   *
   * @throws IllegalStateException if a statement fails
   */
  public String asSuperuser(String sql) {
    return asSuperuser(database, sql);
  }

  /** The same in another database of the server. */
  public String asSuperuser(String otherDatabase, String sql) {
    List<String> command =
        List.of("psql", "-qAtX", "-v", "ON_ERROR_STOP=1", "-U", superuser, "-d", otherDatabase);
    try {
      ExecResult result = execInContainer(join(command, "-c", sql));
      if (result.getExitCode() != 0) {
        throw new IllegalStateException("psql failed: " + result.getStderr());
      }
      return result.getStdout().stripTrailing();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while psql ran", e);
    }
  }

  @Override
  protected void containerIsStarted(InspectContainerResponse info) {
    ca =
        copyFileFromContainer(
            "/lab/ca.pem", in -> new String(in.readAllBytes(), StandardCharsets.US_ASCII));
  }

  private boolean published() {
    return !getExposedPorts().isEmpty();
  }

  // Linux lets its own processes through to a container, even on an internal network. The
  // certificate names no address of it.
  private DatabaseAddress backDoor() {
    String ip =
        getContainerInfo().getNetworkSettings().getNetworks().values().stream()
            .map(ContainerNetwork::getIpAddress)
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("the container is on no network"));
    return new DatabaseAddress(ip, PORT, database, user, new Tls(TlsMode.VERIFY_CA, ca));
  }

  private static DatabaseAddress withDatabase(DatabaseAddress address, String database) {
    return new DatabaseAddress(
        address.host(), address.port(), database, address.user(), address.tls());
  }

  private Tls tls() {
    return new Tls(TlsMode.VERIFY_FULL, ca);
  }

  private static String[] join(List<String> command, String... more) {
    String[] all = command.toArray(new String[command.size() + more.length]);
    System.arraycopy(more, 0, all, command.size(), more.length);
    return all;
  }

  // What must be escaped in a password file, a shell, SQL or a URL is in every password; RDS itself
  // allows all but / " @ and space.
  private static String randomPassword() {
    byte[] bytes = new byte[16];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes) + ":\\'%$&#";
  }
}
