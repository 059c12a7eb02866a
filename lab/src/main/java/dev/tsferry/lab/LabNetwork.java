package dev.tsferry.lab;

import com.github.dockerjava.api.DockerClient;
import java.util.Map;
import org.testcontainers.containers.Network;

/**
 * One of the lab's two networks, named and labelled so that other processes find it: {@code vpc},
 * without a way out, where the source lives; and {@code internet}, where everything else meets.
 *
 * @param id Docker's id of the network
 */
record LabNetwork(String id) implements Network {

  /** Creates the network {@code tsferry-<lab>-vpc}, which has no way out. */
  static LabNetwork vpc(DockerClient docker, String lab) {
    return create(docker, lab, "vpc", true);
  }

  /** Creates the network {@code tsferry-<lab>-internet}. */
  static LabNetwork internet(DockerClient docker, String lab) {
    return create(docker, lab, "internet", false);
  }

  private static LabNetwork create(
      DockerClient docker, String lab, String name, boolean withoutWayOut) {
    return new LabNetwork(
        docker
            .createNetworkCmd()
            .withName("tsferry-%s-%s".formatted(lab, name))
            .withDriver("bridge")
            .withInternal(withoutWayOut)
            .withLabels(Map.of(Lab.LABEL, lab))
            .exec()
            .getId());
  }

  @Override
  public String getId() {
    return id;
  }

  @Override
  public void close() {
    // It outlives the process that made it, and goes with the lab.
  }
}
