package dev.tsferry.lab.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tsferry.plan.DatabaseAddress;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.testcontainers.containers.Network;

@RequiresContainerEngine
class RdsLikeSourceIT {
  private static final String ENDPOINT = "orders-db.aaaaaaaaaa.us-east-1.rds.amazonaws.com";

  private static RdsLikeSource source;

  @BeforeAll
  static void start() {
    source = new RdsLikeSource(DatabaseImages.source(), ENDPOINT).publishedOnLoopback();
    source.start();
  }

  @AfterAll
  static void stop() {
    source.stop();
  }

  @Test
  void masterUser_itsAttributes_areThoseOfRds() throws SQLException {
    String attributes =
        "select concat_ws(' ', rolsuper, rolcreatedb, rolcreaterole, rolreplication, rolbypassrls,"
            + " pg_has_role('rds_superuser', 'member'), pg_has_role('pg_monitor', 'member'))"
            + " from pg_roles where rolname = current_user";
    assertThat(query(attributes)).isEqualTo("f t t f f t t");
  }

  @Test
  void masterUser_readsPasswordHashes_isDenied() {
    assertThatThrownBy(() -> query("select count(*) from pg_authid"))
        .hasMessageContaining("permission denied for table pg_authid");
  }

  @Test
  void masterUser_entersRdsadmin_isRejected() {
    assertThatThrownBy(() -> source.connect("rdsadmin"))
        .hasMessageContaining("pg_hba.conf rejects connection")
        .hasMessageContaining("database \"rdsadmin\"");
  }

  @Test
  void masterUser_makesSuperuser_isDenied() {
    assertThatThrownBy(() -> query("create role x superuser"))
        .hasMessageContaining("must be superuser");
  }

  @Test
  void connection_inPlaintext_isRefused() {
    assertThatThrownBy(() -> connectWith("disable", source.password()))
        .hasMessageContaining("no pg_hba.conf entry")
        .hasMessageContaining("no encryption");
  }

  @Test
  void connection_withWrongPassword_isRefused() {
    assertThatThrownBy(() -> connectWith("require", "guessed"))
        .hasMessageContaining("password authentication failed");
  }

  @Test
  void port_isPublishedOnLoopbackOnly() {
    assertThat(source.getContainerInfo().getNetworkSettings().getPorts().getBindings().values())
        .isNotEmpty()
        .allSatisfy(
            bindings ->
                assertThat(bindings)
                    .allSatisfy(binding -> assertThat(binding.getHostIp()).isEqualTo("127.0.0.1")));
  }

  @Test
  void unpublished_onInternalNetwork_isReachedThereAndByTheLabOnly() throws SQLException {
    try (Network vpc =
            Network.builder()
                .createNetworkCmdModifier(network -> network.withInternal(true))
                .build();
        RdsLikeSource hidden = new RdsLikeSource(DatabaseImages.source(), ENDPOINT)) {
      hidden.withNetwork(vpc).start();
      assertThat(hidden.getContainerInfo().getNetworkSettings().getPorts().getBindings().values())
          .allMatch(Objects::isNull);
      assertThat(hidden.networkAddress().host()).isEqualTo(ENDPOINT);
      try (Connection connection = hidden.connect()) {
        assertThat(connection.isValid(5)).isTrue();
      }
    }
  }

  @Test
  void superuser_isRdsadmin() {
    assertThat(source.asSuperuser("select rolname from pg_roles where rolsuper"))
        .isEqualTo("rdsadmin");
  }

  private static String query(String sql) throws SQLException {
    try (Connection connection = source.connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }

  private static void connectWith(String sslmode, String password) throws SQLException {
    DatabaseAddress address = source.address();
    String url =
        "jdbc:postgresql://%s:%d/%s?sslmode=%s"
            .formatted(address.host(), address.port(), address.database(), sslmode);
    DriverManager.getConnection(url, address.user(), password).close();
  }
}
