package dev.tsferry.lab;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.ContainerNetwork;
import dev.tsferry.lab.database.LabDatabase;
import dev.tsferry.plan.DatabaseAddress;
import dev.tsferry.plan.Tls;
import dev.tsferry.plan.TlsMode;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * One of the lab's two database servers as the machine that runs the containers reaches it: by the
 * container's own address, since no port of the source is published, as none of a private RDS
 * instance is. For comparing both sides, not for what tsferry does.
 *
 * @param container name of the container
 * @param ca certificate of the server's authority, in PEM
 */
record LabServer(String container, String user, String database, String password, String ca) {
  private static final int PORT = 5432;

  /** A session of the server's owner. */
  Connection connect(DockerClient docker) throws SQLException {
    // The certificate is for the server's name, which only the lab's networks resolve.
    Tls tls = new Tls(TlsMode.VERIFY_CA, ca);
    return LabDatabase.open(
        new DatabaseAddress(address(docker), PORT, database, user, tls), password);
  }

  private String address(DockerClient docker) {
    return docker
        .inspectContainerCmd(container)
        .exec()
        .getNetworkSettings()
        .getNetworks()
        .values()
        .stream()
        .map(ContainerNetwork::getIpAddress)
        .filter(address -> address != null && !address.isEmpty())
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(container + " is on no network"));
  }
}
