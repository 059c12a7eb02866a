package dev.tsferry.lab.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tsferry.lab.database.RdsLikeSource;
import dev.tsferry.lab.database.RequiresContainerEngine;
import dev.tsferry.lab.database.TimescaleLikeTarget;
import dev.tsferry.lab.pipeline.Crossing;
import dev.tsferry.plan.Hypertable;
import dev.tsferry.plan.TableName;
import dev.tsferry.plan.outcome.ExitCode;
import dev.tsferry.plan.report.CatalogueReport;
import dev.tsferry.plan.report.MigrationReport.Difference;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A comparison of rows is worth what it finds: each tampering with a good copy must be named. */
@RequiresContainerEngine
class StreamTamperedIT {
  private static final String ODD = "\"Näme\n\"\"x\"\"\"";
  private static final List<String> KEYED =
      List.of("plain", "as_text", "series", "\"parted low\"", ODD);

  // What is done to each of these tables, by the row's number.
  private static final List<String> TAMPERINGS =
      List.of(
          "update %1$s set v = v || '.' where id = 1",
          "delete from %1$s where id = 2",
          "update %1$s t set v = (select v from %1$s u where u.id = 7 - t.id) where id in (3, 4)",
          "insert into %1$s (id, v, big, f, n) select 50, v, big, f, n from %1$s where id = 5",
          "delete from %1$s where id = 6",
          "update %1$s set big = overlay(big placing '.' from 90001) where id = 7",
          "update %1$s set f = 0 where id = 8",
          "update %1$s set n = 1.00 where id = 9",
          "update %1$s set v = '' where id = 10");
  private static final List<String> OTHERS =
      List.of(
          "insert into doubled values (7, 'v'); delete from doubled where ctid = (select min(ctid) from doubled where id = 8)",
          "update swapped set v = (select u.v from swapped u where u.id = 7 - swapped.id) where id in (3, 4)",
          "select nextval('numbers')",
          "select lo_put(4711, 9000, 'x')",
          "drop index by_v",
          "alter table plain drop constraint short, add constraint short check (length(v) < 100) not valid",
          "set role tsdbadmin; create table new (a int); insert into new values (1)");

  @TempDir Path folder;

  @Test
  void compareRows_afterEachTampering_namesTableAndKey() throws Exception {
    try (RdsLikeSource source = Crossing.startedRds();
        TimescaleLikeTarget target = Crossing.startedTarget()) {
      StreamCrossing.fill(source);
      fill(source);
      Crossing crossing = crossing(source, target, folder);
      assertThat(crossing.carry())
          .as(() -> crossing.failures().toString())
          .isEqualTo(ExitCode.DONE);

      assertThat(wrong(crossing.compareRows())).isEmpty();

      tamper(target);
      List<String> wrong = wrong(crossing.compareRows());

      for (String table : KEYED) {
        String name = "tampered." + table.replaceAll("^\"|\"$", "").replace("\"\"", "\"");
        String found = one(wrong, "rows of " + name + ": ");
        assertThat(keys(found, "different: ")).as(found).containsOnly(1, 3, 4, 7, 8, 9, 10);
        assertThat(keys(found, "missing on the target: ")).as(found).containsOnly(2, 6);
        assertThat(keys(found, "on the target only: ")).as(found).containsOnly(50);
      }
      assertThat(one(wrong, "rows of tampered.doubled: "))
          .contains("1 row missing on the target, 1 row on the target only");
      assertThat(one(wrong, "rows of tampered.swapped: "))
          .contains("2 rows missing on the target, 2 rows on the target only");
      assertThat(wrong)
          .anyMatch(
              text -> text.contains("sequence tampered.numbers is at 7 on the source and at 8"))
          .anyMatch(text -> text.contains("the contents of large objects are not the same"))
          .anyMatch(text -> text.startsWith("index tampered.by_v: missing"))
          .anyMatch(text -> text.startsWith("constraint short on tampered.plain: validated"))
          .anyMatch(text -> text.contains("tampered.new is on the target only"));

      target.asSuperuser("alter table tampered.plain drop column f");
      assertThat(wrong(crossing.compareRows()))
          .anyMatch(text -> text.startsWith("column tampered.plain.f: missing"))
          .anyMatch(text -> text.contains("not compared") && text.contains("column f"));
    }
  }

  private static void fill(RdsLikeSource source) throws SQLException {
    try (Connection owner = source.connect();
        Statement statement = owner.createStatement()) {
      statement.execute(
          """
          create schema tampered;
          set search_path = tampered, public;
          create type mood as enum ('sad', 'ok');
          create table plain (id bigint primary key, v text, big text, f float8, n numeric,
                              constraint short check (length(v) < 100));
          create index by_v on plain (v);
          insert into plain
            select i, nullif('value ' || i, 'value 10'),
                   (select string_agg(md5(i || '-' || k), '') from generate_series(1, 4000) k),
                   case i when 8 then '-0'::float8 else i end,
                   case i when 9 then 1.0 else i end
              from generate_series(1, 40) i;
          create table as_text (like plain, moods mood[] default '{sad,ok}', primary key (id));
          insert into as_text select * from plain;
          create table series (like plain, primary key (id));
          insert into series select * from plain;
          create table "parted" (id bigint, n numeric, f float8, v text, big text) partition by range (id);
          create table "parted low" (big text, v text, f float8, n numeric, id bigint not null);
          alter table "parted" attach partition "parted low" for values from (minvalue) to (100);
          alter table "parted" add primary key (id);
          insert into "parted" (id, v, big, f, n) select * from plain;
          create table %1$s (like plain, primary key (id));
          insert into %1$s select * from plain;
          create table doubled as select mod(id, 20) as id, 'v' as v from plain;
          create table swapped as select id, v from plain;
          create sequence numbers;
          select setval('numbers', 7);
          select lo_from_bytea(4711, convert_to(repeat('0123456789', 1000), 'UTF8'));
          """
              .formatted(ODD));
    }
  }

  private static void tamper(TimescaleLikeTarget target) {
    String there = "set search_path = tampered, public; ";
    for (String table : KEYED) {
      TAMPERINGS.forEach(sql -> target.asSuperuser(there + sql.formatted(table)));
    }
    OTHERS.forEach(sql -> target.asSuperuser(there + sql));
  }

  private static Crossing crossing(RdsLikeSource source, TimescaleLikeTarget target, Path folder) {
    Crossing crossing = StreamCrossing.of(source, target, folder, 0);
    List<Hypertable> hypertables = new ArrayList<>(crossing.request().pipeline().hypertables());
    hypertables.add(new Hypertable(new TableName("tampered", "series"), "id", "15"));
    return crossing.with(
        crossing
            .request()
            .pipeline()
            .with(hypertables, crossing.request().pipeline().clientMajor()));
  }

  private static List<String> wrong(CatalogueReport report) {
    return report.differences().stream()
        .filter(difference -> difference.verdict() == Difference.Verdict.WRONG)
        .map(
            difference ->
                "%s %s: %s".formatted(difference.kind(), difference.object(), difference.detail()))
        .toList();
  }

  private static String one(List<String> texts, String beginning) {
    List<String> found = texts.stream().filter(text -> text.startsWith(beginning)).toList();
    assertThat(found).as("%s in %s", beginning, texts).hasSize(1);
    return found.get(0);
  }

  /** The numbers that are told of one kind of rows, such as {@code different: (1) (3);}. */
  private static List<Integer> keys(String text, String kind) {
    Matcher part = Pattern.compile(Pattern.quote(kind) + "((?:\\(\\d+\\) ?)+)").matcher(text);
    assertThat(part.find()).as("%s in %s", kind, text).isTrue();
    return Pattern.compile("\\d+")
        .matcher(part.group(1))
        .results()
        .map(number -> Integer.valueOf(number.group()))
        .toList();
  }
}
