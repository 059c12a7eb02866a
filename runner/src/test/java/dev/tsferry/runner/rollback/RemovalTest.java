package dev.tsferry.runner.rollback;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RemovalTest {
  private static final DatabaseObject SHOP = new DatabaseObject("schema", "", "shop");
  private static final DatabaseObject ORDERS = new DatabaseObject("table", "shop", "shop.orders");
  private static final DatabaseObject LOOSE = new DatabaseObject("table", "public", "public.loose");
  private static final DatabaseObject READER = new DatabaseObject("role", "", "reader");
  private static final DatabaseObject PUBLIC = new DatabaseObject("schema", "", "public");

  @Test
  void of_whatWasThereBefore_isNeverDropped() {
    Removal removal = Removal.of(set(PUBLIC, READER), set(PUBLIC, READER), set(PUBLIC, READER));
    assertThat(removal.drops()).isEmpty();
    assertThat(removal.kept()).isEmpty();
  }

  @Test
  void of_whatTheRunCarried_isDropped_schemasAfterWhatIsInOthers_rolesLast() {
    Set<DatabaseObject> carried = set(READER, SHOP, ORDERS, LOOSE, PUBLIC);
    Removal removal = Removal.of(set(PUBLIC), set(READER, SHOP, ORDERS, LOOSE, PUBLIC), carried);
    assertThat(removal.drops()).containsExactly(LOOSE, SHOP, READER);
    assertThat(removal.inTheWay()).isEmpty();
  }

  @Test
  void of_whatOthersMade_isKept_orIsInTheWay() {
    DatabaseObject mine = new DatabaseObject("table", "public", "public.mine");
    DatabaseObject report = new DatabaseObject("view", "shop", "shop.report");
    Removal removal =
        Removal.of(set(PUBLIC), set(PUBLIC, SHOP, ORDERS, mine, report), set(SHOP, ORDERS));
    assertThat(removal.kept()).containsExactly(mine);
    assertThat(removal.inTheWay()).containsExactly(report);
  }

  @Test
  void statements_ofARole_takeWhatItHasFirst() {
    assertThat(DropStatements.of(READER, target(170011)))
        .containsExactly(
            "grant reader to current_user with inherit true",
            "drop owned by reader",
            "drop role reader");
    assertThat(DropStatements.of(READER, target(150018))).contains("grant reader to current_user");
  }

  @Test
  void statements_ofObjects_nameThemAsTheServerDid() {
    assertThat(
            DropStatements.of(
                new DatabaseObject("aggregate", "a", "a.total(integer)"), target(170011)))
        .containsExactly("drop routine if exists a.total(integer) cascade");
    assertThat(DropStatements.of(new DatabaseObject("large object", "", "4711"), target(170011)))
        .containsExactly("select pg_catalog.lo_unlink(4711)");
    assertThat(
            DropStatements.of(
                new DatabaseObject("operator class", "a", "a.odd USING btree"), target(170011)))
        .containsExactly("drop operator class if exists a.odd USING btree cascade");
  }

  private static Set<DatabaseObject> set(DatabaseObject... objects) {
    return new LinkedHashSet<>(List.of(objects));
  }

  @Test
  void of_continuousAggregate_isNoViewToDrop() {
    assertThat(
            DropStatements.of(new DatabaseObject("view", "m", "m.hourly"), target(170011)).get(0))
        .isEqualTo("drop materialized view if exists m.hourly cascade");
    assertThat(DropStatements.of(new DatabaseObject("view", "m", "m.daily"), target(170011)).get(0))
        .isEqualTo("drop view if exists m.daily cascade");
  }

  @Test
  void of_chunksThatTheTargetMade_goOrStayWithTheirTable() {
    DatabaseObject chunk =
        new DatabaseObject(
            "table", "_timescaledb_internal", "_timescaledb_internal._hyper_1_1_chunk");
    Removal removal = Removal.of(set(), set(chunk, LOOSE), set(LOOSE));
    assertThat(removal.drops()).containsExactly(LOOSE);
    assertThat(removal.kept()).isEmpty();
    assertThat(removal.inTheWay()).isEmpty();
  }

  @Test
  void of_chunks_goAfterWhatTheyBelongTo_andAfterSchemas() {
    DatabaseObject chunk =
        new DatabaseObject(
            "table", "_timescaledb_internal", "_timescaledb_internal._hyper_1_1_chunk");
    assertThat(
            Removal.of(set(), set(READER, SHOP, chunk, LOOSE), set(READER, SHOP, chunk, LOOSE))
                .drops())
        .containsExactly(LOOSE, SHOP, chunk, READER);
  }

  private static TargetTraits target(int version) {
    return new TargetTraits(version, "_timescaledb_config.bgw_job", true, Set.of("m.hourly"));
  }
}
