package dev.tsferry.lab.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import dev.tsferry.lab.database.DatabaseImages;
import dev.tsferry.lab.database.RequiresContainerEngine;
import dev.tsferry.lab.database.TimescaleLikeTarget;
import dev.tsferry.plan.outcome.MigrationException;
import dev.tsferry.plan.report.MigrationReport.StatementChange;
import dev.tsferry.runner.load.Refusals;
import dev.tsferry.runner.load.StatementLoad;
import dev.tsferry.runner.postgres.Server;
import dev.tsferry.runner.postgres.Session;
import dev.tsferry.runner.postgres.Side;
import dev.tsferry.runner.process.Cancellation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Statements that go to the server many at a time are there, or not, each for itself. */
@RequiresContainerEngine
class StatementLoadIT {
  private static TimescaleLikeTarget target;

  @TempDir Path folder;

  @BeforeAll
  static void start() {
    target = new TimescaleLikeTarget(DatabaseImages.target(), "localhost").publishedOnLoopback();
    target.start();
  }

  @AfterAll
  static void stop() {
    target.stop();
  }

  @AfterEach
  void takeAway() {
    target.asSuperuser("drop schema if exists many cascade");
  }

  @Test
  void load_oneOfManyIsRefused_takesItselfBackAndNoOther() throws Exception {
    List<String> statements = tables(200);
    statements.add(100, "create function many.f() returns int language c as 'nowhere', 'f'");

    List<StatementChange> refused = load(statements);

    assertThat(refused)
        .extracting(StatementChange::statement)
        .singleElement(STRING)
        .startsWith("create function many.f()");
    assertThat(tablesThere()).isEqualTo("200");
  }

  @Test
  void load_moreFailThanAreTold_saysSoAndKeepsNothing() throws Exception {
    List<String> statements = tables(10);
    IntStream.range(0, 50).forEach(i -> statements.add("create table many.t0 (i int)"));

    assertThatThrownBy(() -> load(statements))
        .isInstanceOf(MigrationException.class)
        .hasMessageContaining("(nothing of it was kept): 20 or more statements failed");
    assertThat(tablesThere()).isEqualTo("0");
  }

  private static List<String> tables(int count) {
    List<String> statements = new ArrayList<>(List.of("create schema many"));
    IntStream.range(0, count)
        .mapToObj(i -> "create table many.t%d (i int) -- a comment".formatted(i))
        .forEach(statements::add);
    return statements;
  }

  private static String tablesThere() {
    return target.asSuperuser("select count(*) from pg_tables where schemaname = 'many'");
  }

  private List<StatementChange> load(List<String> statements) throws Exception {
    Path file = folder.resolve("pre-data.sql");
    Files.writeString(
        file, statements.stream().map(s -> s + "\n;\n").collect(Collectors.joining()));
    List<StatementChange> refused = new ArrayList<>();
    try (Server server =
            new Server(
                Side.TARGET,
                target.address(),
                target::password,
                folder.resolve("runtime"),
                new Cancellation());
        Session session = server.connectForScript("load")) {
      StatementLoad load = new StatementLoad("pre-data", session, new Refusals(true), true);
      session.transaction(
          "loading",
          connection -> refused.addAll(load.load(file, statement -> false, statement -> {})));
    }
    return refused;
  }
}
