package dev.tsferry.cli.local;

import static java.util.Objects.requireNonNull;

import dev.tsferry.cli.discovery.source.ServerProbe;
import dev.tsferry.plan.DatabaseAddress;
import dev.tsferry.runner.postgres.Server;
import dev.tsferry.runner.postgres.Session;
import dev.tsferry.runner.postgres.Side;
import dev.tsferry.runner.process.Cancellation;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Asks the source over SQL, if {@code $PGPASSWORD} is set: whoever sets it says that this machine
 * reaches the source. Only reads, in a session that the server itself holds to that.
 */
public final class SqlProbe implements ServerProbe {
  private static final String PASSWORD = "PGPASSWORD";
  private static final String DOING = "asking the source for its databases";
  private static final String DATABASES =
      """
      select datname, pg_catalog.pg_database_size(oid)
      from pg_catalog.pg_database
      where datallowconn and not datistemplate and datname not in ('rdsadmin', 'postgres')
        and pg_catalog.has_database_privilege(oid, 'CONNECT')
      order by datname
      """;

  private final Map<String, String> environment;

  public SqlProbe(Map<String, String> environment) {
    this.environment = requireNonNull(environment, "environment is null");
  }

  @Override
  public Optional<Answer> ask(DatabaseAddress address) {
    String password = environment.get(PASSWORD);
    if (password == null) {
      return Optional.empty();
    }
    Path runtime = RuntimeDirectory.make(environment);
    try (Server server =
            new Server(Side.SOURCE, address, () -> password, runtime, new Cancellation());
        Session session = server.connect("plan")) {
      String version = session.text(DOING, "select pg_catalog.current_setting('server_version')");
      List<Database> databases =
          session.list(DOING, DATABASES, row -> new Database(row.getString(1), row.getLong(2)));
      return Optional.of(new Answer(version.split(" ", 2)[0], databases));
    } finally {
      RuntimeDirectory.delete(runtime);
    }
  }
}
