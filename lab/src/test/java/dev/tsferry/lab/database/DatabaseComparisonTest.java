package dev.tsferry.lab.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class DatabaseComparisonTest {

  @Test
  void differences_equalContents_areNone() {
    DatabaseContent content = content(Map.of("rows of a.b", "1 rows with digest 7"));
    assertThat(DatabaseComparison.differences(content, content)).isEmpty();
  }

  @Test
  void differences_oneOfEachKind_areAllWorded() {
    DatabaseContent source = content(Map.of("rows of a.b", "1 row", "index a.i", "x"));
    DatabaseContent target = content(Map.of("rows of a.b", "2 rows", "index a.j", "x"));
    assertThat(DatabaseComparison.differences(source, target))
        .containsExactly(
            "index a.i: missing on the target",
            "index a.j: only on the target",
            "rows of a.b: 1 row on the source, 2 rows on the target");
  }

  @Test
  void differences_extensions_mayOnlyBeMoreOnTheTarget() {
    DatabaseContent few = content(Map.of("extension a", "public"));
    DatabaseContent many = content(Map.of("extension a", "public", "extension b", "public"));
    assertThat(DatabaseComparison.differences(few, many)).isEmpty();
    assertThat(DatabaseComparison.differences(many, few))
        .containsExactly("extension b: missing on the target");
  }

  private static DatabaseContent content(Map<String, String> facts) {
    return new DatabaseContent(new TreeMap<>(facts));
  }
}
