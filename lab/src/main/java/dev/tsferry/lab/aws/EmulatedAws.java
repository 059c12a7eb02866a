package dev.tsferry.lab.aws;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports.Binding;
import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.plan.outcome.MigrationException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.Network;
import org.testcontainers.localstack.LocalStackContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * The emulated AWS account of one lab: the API's container and, for every EC2 instance in it, the
 * host's container, which the API's container makes and removes by itself.
 *
 * <p>The API is published on 127.0.0.1 only, on a port that is free now; the hosts reach it under
 * the same URL, so that a presigned URL made here works there. It needs {@code
 * TESTCONTAINERS_RYUK_DISABLED=true} in the environment, since the lab outlives the process that
 * starts it.
 */
public final class EmulatedAws implements AutoCloseable {
  /** The only region with a lab in it; the API itself knows them all. */
  public static final String REGION = "us-east-1";

  /** The account; any credentials are its owner's. */
  public static final String ACCOUNT = "123456789012";

  private static final String LAB_LABEL = "tsferry.lab";
  private static final String ROLE_LABEL = "tsferry.role";
  private static final int API_PORT = 4566;

  private final String lab;
  private final int port;

  private EmulatedAws(String lab, int port) {
    this.lab = lab;
    this.port = port;
  }

  /**
   * Starts the API of a lab, after removing what an earlier one of that name left.
   *
   * @param hostImage image of the containers that stand for EC2 instances
   * @param internet the lab's network {@code tsferry-<lab>-internet}, on which hosts find the API
   */
  public static EmulatedAws start(
      String lab, DockerImageName image, String hostImage, Network internet) {
    remove(lab);
    int port = freePort();
    LocalStackContainer container = container(lab, image, hostImage, port);
    container.withNetwork(internet).start();
    return new EmulatedAws(lab, port);
  }

  /**
   * The API of a lab that runs already, started by this process or another.
   *
   * @throws MigrationException AWS_NOT_FOUND if there is none
   */
  public static EmulatedAws attach(String lab) {
    try {
      Binding[] bindings =
          docker()
              .inspectContainerCmd(containerName(lab))
              .exec()
              .getNetworkSettings()
              .getPorts()
              .getBindings()
              .get(ExposedPort.tcp(API_PORT));
      if (bindings != null && bindings.length > 0) {
        return new EmulatedAws(lab, Integer.parseInt(bindings[0].getHostPortSpec()));
      }
    } catch (NotFoundException e) {
      // Worded below, as is a container that has stopped.
    }
    throw new MigrationException(
        ErrorCode.AWS_NOT_FOUND, "looking for the lab %s: it is not running".formatted(lab));
  }

  /** Where the API answers, such as {@code http://127.0.0.1:40123}: {@code AWS_ENDPOINT_URL}. */
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /** An access key of the account; any would do. */
  public String accessKey() {
    return "lab";
  }

  /** The secret access key that goes with {@link #accessKey()}. */
  public String secretKey() {
    return "lab";
  }

  /** Name of the container that stands for an EC2 instance, while there is one. */
  public String hostContainer(String instanceId) {
    return "tsferry-%s-%s".formatted(lab, instanceId);
  }

  /** Removes the API's container and the hosts, with everything that is in them. */
  @Override
  public void close() {
    remove(lab);
  }

  private static LocalStackContainer container(
      String lab, DockerImageName image, String hostImage, int port) {
    LocalStackContainer container =
        new LocalStackContainer(image.asCompatibleSubstituteFor("localstack/localstack"))
            .withLabels(Map.of(LAB_LABEL, lab, ROLE_LABEL, "aws"))
            .withEnv("LAB_NAME", lab)
            .withEnv("LAB_HOST_IMAGE", hostImage)
            .withEnv("LAB_AWS_PORT", Integer.toString(port));
    PortBinding loopbackOnly =
        new PortBinding(Binding.bindIpAndPort("127.0.0.1", port), ExposedPort.tcp(API_PORT));
    return container.withCreateContainerCmdModifier(
        command -> {
          command.withName(containerName(lab));
          command.getHostConfig().withPortBindings(loopbackOnly);
        });
  }

  /**
   * Removes what there is of a lab's account: the API first, since it would make the hosts anew.
   */
  public static void remove(String lab) {
    remove(List.of(containerName(lab)));
    remove(
        docker()
            .listContainersCmd()
            .withShowAll(true)
            .withLabelFilter(Map.of(LAB_LABEL, lab, ROLE_LABEL, "host"))
            .exec()
            .stream()
            .map(host -> host.getId())
            .toList());
  }

  private static void remove(List<String> containers) {
    for (String container : containers) {
      try {
        docker().removeContainerCmd(container).withForce(true).withRemoveVolumes(true).exec();
      } catch (NotFoundException | ConflictException e) {
        // Gone already or about to be, which is what was asked for.
      }
    }
  }

  private static DockerClient docker() {
    return DockerClientFactory.lazyClient();
  }

  private static String containerName(String lab) {
    return "tsferry-%s-aws".formatted(lab);
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
