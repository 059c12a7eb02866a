package dev.tsferry.cli.local;

import dev.tsferry.plan.DatabaseAddress;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.OptionalInt;
import java.util.Properties;

/** A server's major version, only to choose among several installed clients. */
final class ServerVersion {
  private ServerVersion() {}

  /**
   * The major version; nothing where the server cannot be asked, which the run's own checks then
   * explain better than this could.
   */
  static OptionalInt major(LocalDatabase database) {
    DatabaseAddress address = database.address();
    Properties properties = new Properties();
    properties.setProperty("user", address.user());
    properties.setProperty("password", database.password().value());
    properties.setProperty("PGHOST", address.host());
    properties.setProperty("PGPORT", Integer.toString(address.port()));
    properties.setProperty("PGDBNAME", address.database());
    // Who the server is, is verified by the run; a number is all that is asked for here. But the
    // password is not shown to somebody unverified.
    if (address.tls().ca() != null) {
      return OptionalInt.empty();
    }
    properties.setProperty("sslmode", address.tls().mode().sslmode());
    properties.setProperty("connectTimeout", "5");
    properties.setProperty("loginTimeout", "10");
    try (Connection connection = DriverManager.getConnection("jdbc:postgresql:///", properties);
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("SHOW server_version_num")) {
      result.next();
      return OptionalInt.of(result.getInt(1) / 10_000);
    } catch (SQLException e) {
      return OptionalInt.empty();
    }
  }
}
