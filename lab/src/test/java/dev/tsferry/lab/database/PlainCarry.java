package dev.tsferry.lab.database;

import dev.tsferry.plan.Hypertable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.testcontainers.containers.Container.ExecResult;
import org.testcontainers.containers.ExecConfig;
import org.testcontainers.images.builder.Transferable;

/**
 * Carries a database with nothing but pg_dump 15 and psql 17, each as its server's owner: what
 * shows that a source can be carried at all, and gives a comparison two sides, without the product.
 */
final class PlainCarry {
  private static final List<String> DUMP =
      List.of(
          "pg_dump",
          "--format=plain",
          "--quote-all-identifiers",
          "--no-tablespaces",
          "--no-owner",
          "--no-privileges");

  private final RdsLikeSource source;
  private final TimescaleLikeTarget target;

  PlainCarry(RdsLikeSource source, TimescaleLikeTarget target) {
    this.source = source;
    this.target = target;
  }

  /**
   * @param roles that policies name, which no dump of one database makes
   */
  void carry(List<String> roles, List<Hypertable> hypertables)
      throws SQLException, IOException, InterruptedException {
    try (Connection owner = target.connect()) {
      for (String role : roles) {
        owner.createStatement().execute("create role " + role);
      }
      load(dump("pre-data"));
      for (Hypertable hypertable : hypertables) {
        convert(owner, hypertable);
      }
      load(dump("data"));
      load(withoutOnly(dump("post-data"), hypertables));
    }
  }

  private static void convert(Connection owner, Hypertable hypertable) throws SQLException {
    String interval = hypertable.interval().orElse("7 days");
    String type = interval.chars().allMatch(Character::isDigit) ? "bigint" : "interval";
    try (PreparedStatement create =
        owner.prepareStatement(
            "select public.create_hypertable(format('%I.%I', ?, ?)::regclass,"
                + " public.by_range(?, ?::%s), create_default_indexes => false)".formatted(type))) {
      create.setString(1, hypertable.table().schema());
      create.setString(2, hypertable.table().name());
      create.setString(3, hypertable.timeColumn());
      create.setString(4, interval);
      create.execute();
    }
  }

  // TimescaleDB refuses ALTER TABLE ONLY on a hypertable.
  private static String withoutOnly(String sql, List<Hypertable> hypertables) {
    String changed = sql;
    for (Hypertable hypertable : hypertables) {
      String name =
          "%s.%s".formatted(quoted(hypertable.table().schema()), quoted(hypertable.table().name()));
      changed =
          Pattern.compile("^ALTER TABLE ONLY " + Pattern.quote(name), Pattern.MULTILINE)
              .matcher(changed)
              .replaceAll(Matcher.quoteReplacement("ALTER TABLE " + name));
    }
    return changed;
  }

  private static String quoted(String identifier) {
    return '"' + identifier.replace("\"", "\"\"") + '"';
  }

  private String dump(String section) throws IOException, InterruptedException {
    String[] command =
        Stream.concat(
                DUMP.stream(), List.of("--section=" + section, "--file=/tmp/dump.sql").stream())
            .toArray(String[]::new);
    run(source, command);
    return source.copyFileFromContainer(
        "/tmp/dump.sql", in -> new String(in.readAllBytes(), StandardCharsets.UTF_8));
  }

  private void load(String sql) throws IOException, InterruptedException {
    target.copyFileToContainer(Transferable.of(sql), "/tmp/load.sql");
    run(target, "psql", "-qX", "-v", "ON_ERROR_STOP=1", "-o", "/dev/null", "-f", "/tmp/load.sql");
  }

  private static void run(LabDatabase<?> server, String... command)
      throws IOException, InterruptedException {
    Map<String, String> environment =
        Map.of(
            "PGHOST",
            "localhost",
            "PGUSER",
            server.networkAddress().user(),
            "PGDATABASE",
            server.networkAddress().database(),
            "PGPASSWORD",
            server.password(),
            "PGSSLMODE",
            "verify-full",
            "PGSSLROOTCERT",
            "/lab/ca.pem");
    ExecResult result =
        server.execInContainer(ExecConfig.builder().command(command).envVars(environment).build());
    if (result.getExitCode() != 0) {
      throw new IllegalStateException(command[0] + " failed: " + result.getStderr());
    }
  }
}
