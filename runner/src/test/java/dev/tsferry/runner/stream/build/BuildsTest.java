package dev.tsferry.runner.stream.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tsferry.plan.TableName;
import dev.tsferry.runner.dump.SchemaStatement;
import dev.tsferry.runner.dump.TableStatement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BuildsTest {
  private static final TableName SMALL = new TableName("s", "small");
  private static final TableName LARGE = new TableName("s", "large");
  private static final Map<TableName, Long> BYTES = Map.of(SMALL, 10L, LARGE, 1000L);

  private static TableStatement index(TableName table, String name) {
    return made("CREATE INDEX \"%s\" ON \"s\".\"%s\" (\"a\");".formatted(name, table.name()));
  }

  private static TableStatement key(TableName table, String name, String kind) {
    return made(
        "ALTER TABLE ONLY \"s\".\"%s\" ADD CONSTRAINT \"%s\" %s (\"a\");"
            .formatted(table.name(), name, kind));
  }

  private static TableStatement made(String text) {
    return TableStatement.of(new SchemaStatement(text)).orElseThrow();
  }

  private static String next(Builds builds) {
    return builds.next().map(TableStatement::name).orElse("nothing");
  }

  @Test
  void next_beforeTheRowsAreThere_isEmpty() throws InterruptedException {
    Builds builds = new Builds(List.of(index(LARGE, "i")), BYTES::get);

    assertThat(next(builds)).isEqualTo("nothing");
    assertThat(builds.await(1)).isTrue();
    builds.ready(SMALL);
    assertThat(next(builds)).isEqualTo("nothing");
    builds.ready(LARGE);
    assertThat(next(builds)).isEqualTo("i");
  }

  @Test
  void next_takesTheLargestTableFirst_andItsPrimaryKeyAlone() {
    TableStatement unique = key(LARGE, "unique", "UNIQUE");
    TableStatement primary = key(LARGE, "primary", "PRIMARY KEY");
    Builds builds =
        new Builds(
                List.of(
                    index(SMALL, "small"),
                    index(LARGE, "one"),
                    unique,
                    primary,
                    index(LARGE, "two")),
                BYTES::get)
            .allReady();

    assertThat(next(builds)).isEqualTo("primary");
    assertThat(next(builds)).isEqualTo("small");
    assertThat(next(builds)).isEqualTo("nothing");
    builds.finished(primary);
    assertThat(next(builds)).isEqualTo("unique");
    assertThat(next(builds)).isEqualTo("nothing");
    builds.finished(unique);
    assertThat(next(builds)).isEqualTo("one");
    assertThat(next(builds)).isEqualTo("two");
    assertThat(next(builds)).isEqualTo("nothing");
    assertThat(builds.left()).isEqualTo(3);
  }

  @Test
  void onKeys_tellsOfTablesWhenTheirLastKeyIsThere_andNotBefore() {
    TableStatement unique = key(LARGE, "unique", "UNIQUE");
    TableStatement primary = key(LARGE, "primary", "PRIMARY KEY");
    TableStatement index = index(LARGE, "one");
    TableName without = new TableName("s", "without");
    List<TableName> told = new ArrayList<>();
    Builds builds = new Builds(List.of(unique, primary, index, index(SMALL, "small")), BYTES::get);
    builds.onKeys(told::add);

    builds.ready(without);
    builds.ready(SMALL);
    builds.ready(LARGE);
    assertThat(told).containsExactly(without, SMALL);
    assertThat(builds.next()).contains(primary);
    builds.finished(primary);
    assertThat(told).containsExactly(without, SMALL);
    assertThat(builds.next()).contains(unique);
    builds.finished(unique);
    assertThat(told).containsExactly(without, SMALL, LARGE);
    assertThat(builds.next()).contains(index);
    builds.finished(index);
    assertThat(told).containsExactly(without, SMALL, LARGE);
  }

  @Test
  void await_whenAllAreBuilt_ends() throws InterruptedException {
    TableStatement index = index(LARGE, "i");
    Builds builds = new Builds(List.of(index), BYTES::get).allReady();
    assertThat(builds.next()).contains(index);
    builds.finished(index);

    assertThat(builds.await(60_000)).isFalse();
    assertThat(Builds.none().await(60_000)).isFalse();
  }
}
