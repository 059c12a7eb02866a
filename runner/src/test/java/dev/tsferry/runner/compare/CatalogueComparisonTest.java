package dev.tsferry.runner.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.tsferry.plan.report.MigrationReport.Difference;
import dev.tsferry.plan.report.MigrationReport.Difference.Verdict;
import dev.tsferry.runner.preflight.SkippedExtensions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class CatalogueComparisonTest {
  @Test
  void differences_missingTable_isToldOnce_withoutItsParts() {
    List<Difference> differences =
        compare(
            catalogue(
                15,
                object("table", "s.t", null),
                object("column", "s.t.a", "s.t"),
                object("index", "s.i", "s.t"),
                object("comment", "index s.i", "s.i")),
            catalogue(17));

    assertThat(differences)
        .containsExactly(
            new Difference("table", "s.t", "missing on the target", Verdict.WRONG, null));
  }

  @Test
  void differences_missingIndexOfATableThatIsThere_isWrong() {
    CatalogueObject table = object("table", "s.t", null);
    assertThat(compare(catalogue(15, table, object("index", "s.i", "s.t")), catalogue(17, table)))
        .extracting(Difference::object, Difference::verdict)
        .containsExactly(tuple("s.i", Verdict.WRONG));
  }

  @Test
  void differences_onTargetOnly_isWrong_butForExtensions() {
    assertThat(
            compare(
                catalogue(15),
                catalogue(
                    17, object("extension", "timescaledb", null), object("view", "s.v", null))))
        .extracting(Difference::object, Difference::verdict)
        .containsExactly(tuple("timescaledb", Verdict.EXPECTED), tuple("s.v", Verdict.WRONG));
  }

  @Test
  void differences_changedFact_namesBothValues() {
    assertThat(
            compare(
                catalogue(15, object("sequence", "s.q", null, "cache", "1")),
                catalogue(17, object("sequence", "s.q", null, "cache", "7"))))
        .containsExactly(
            new Difference(
                "sequence", "s.q", "cache: 1 on the source, 7 on the target", Verdict.WRONG, null));
  }

  @Test
  void differences_publication_isHandedOver() {
    assertThat(compare(catalogue(15, object("publication", "p", null)), catalogue(17)))
        .extracting(Difference::verdict)
        .containsExactly(Verdict.HANDED_OVER);
  }

  @Test
  void differences_hypertable_onlyItsOwnChangesAreExpected() {
    Catalogue source =
        catalogue(
            15,
            object("table", "s.t", null),
            object("column", "s.t.at", "s.t", "not null", "false"),
            object("column", "s.t.v", "s.t", "not null", "false"));
    Catalogue target =
        new Catalogue(
            17,
            map(
                object("table", "s.t", null),
                object("column", "s.t.at", "s.t", "not null", "true"),
                object("column", "s.t.v", "s.t", "not null", "true"),
                object("trigger", "ts_insert_blocker on s.t", "s.t")),
            Map.of("s.t", Set.of("at")));

    assertThat(
            CatalogueComparison.differences(
                source, target, OutOfReach.nothing(), SkippedExtensions.with(List.of())))
        .extracting(Difference::object, Difference::verdict)
        .containsExactly(
            tuple("s.t.at", Verdict.EXPECTED),
            tuple("s.t.v", Verdict.WRONG),
            tuple("ts_insert_blocker on s.t", Verdict.EXPECTED));
  }

  private static List<Difference> compare(Catalogue source, Catalogue target) {
    return CatalogueComparison.differences(
        source, target, OutOfReach.nothing(), SkippedExtensions.with(List.of()));
  }

  private static Catalogue catalogue(int majorVersion, CatalogueObject... objects) {
    return new Catalogue(majorVersion, map(objects), Map.of());
  }

  private static SortedMap<ObjectKey, CatalogueObject> map(CatalogueObject... objects) {
    SortedMap<ObjectKey, CatalogueObject> map = new TreeMap<>();
    for (CatalogueObject object : objects) {
      map.put(object.key(), object);
    }
    return map;
  }

  private static CatalogueObject object(
      String kind, String name, String parent, String... factAndValue) {
    SortedMap<String, String> facts = new TreeMap<>();
    for (int i = 0; i < factAndValue.length; i += 2) {
      facts.put(factAndValue[i], factAndValue[i + 1]);
    }
    return new CatalogueObject(new ObjectKey(kind, name), parent, 1, 1, facts);
  }
}
