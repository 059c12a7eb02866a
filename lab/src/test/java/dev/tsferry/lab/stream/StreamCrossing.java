package dev.tsferry.lab.stream;

import dev.tsferry.lab.database.HostileDatabase;
import dev.tsferry.lab.database.OrdersDatabase;
import dev.tsferry.lab.database.RdsLikeSource;
import dev.tsferry.lab.database.TimescaleLikeTarget;
import dev.tsferry.lab.pipeline.Crossing;
import dev.tsferry.plan.DataMode;
import dev.tsferry.plan.DatabaseAddress;
import dev.tsferry.plan.Hypertable;
import dev.tsferry.plan.Stream;
import dev.tsferry.plan.VerifyLevel;
import dev.tsferry.plan.event.RunEvent;
import dev.tsferry.runner.RunRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** A streamed migration of a test. */
final class StreamCrossing {

  // What odd.every_type has, but for XML, reg* and arrays and composites of types of ours.
  private static final String BINARY =
      "id, a_bool, a_char, a_bpchar, a_varchar, a_text, a_name, a_smallint, an_int, a_bigint, a_numeric,"
          + " a_scaled, a_real, a_double, a_money, an_oid, a_date, a_time, a_timetz, a_timestamp,"
          + " a_timestamptz, an_interval, a_bytea, a_uuid, a_bit, a_varbit, an_inet, a_cidr, a_macaddr,"
          + " a_macaddr8, a_point, a_line, a_lseg, a_box, a_path, a_polygon, a_circle, a_json, a_jsonb,"
          + " a_jsonpath, a_tsvector, a_tsquery, an_int4range, a_nummultirange, a_tstzrange, a_lsn,"
          + " a_snapshot, an_xid8, an_int_array, a_text_array, a_domain, a_range_of_ours, a_citext,"
          + " a_hstore";

  private StreamCrossing() {}

  /** Fills the source: what the lab carries, hostile names, and a table of several slices. */
  static void fill(RdsLikeSource source) throws SQLException {
    try (Connection master = source.connect();
        Statement statement = master.createStatement()) {
      OrdersDatabase.create(master, OrdersDatabase.TEST_SCALE);
      HostileDatabase.create(master);
      statement.setEscapeProcessing(false);
      statement.execute(
          """
          create table public.sliced (id bigint primary key, text text, at timestamptz, n numeric);
          insert into public.sliced select g, repeat(md5(g::text), 4),
            timestamptz '2026-01-01' + g * interval '1 s', g / 7.0 from generate_series(1, 40000) g;
          create unlogged table public."not logged" as
            select g, md5(g::text) from generate_series(1, 1000) g;
          analyze public.sliced;
          -- The hash of an enum's value is one of an object id, which differs on the other side.
          create type public.side as enum ('left', 'right', 'top', 'bottom');
          create table public.by_side (side public.side, n int) partition by hash (side);
          create table public.by_side_0 partition of public.by_side for values with (modulus 3, remainder 0);
          create table public.by_side_1 partition of public.by_side for values with (modulus 3, remainder 1);
          create table public.by_side_2 partition of public.by_side for values with (modulus 3, remainder 2);
          insert into public.by_side
            select (array['left', 'right', 'top', 'bottom'])[1 + g % 4]::public.side, g
              from generate_series(1, 400) g;
          create table public.by_sides (sides public.side[], n int) partition by hash (sides);
          create table public.by_sides_0 partition of public.by_sides for values with (modulus 2, remainder 0);
          create table public.by_sides_1 partition of public.by_sides for values with (modulus 2, remainder 1);
          insert into public.by_sides select array[side, 'top'], n from public.by_side;
          create table public.late (id int);
          create function public.nothing() returns trigger language plpgsql as 'begin return new; end';
          create trigger late before insert on public.late for each row execute function public.nothing();
          create table public.dropped_column (a int, b text, c int);
          insert into public.dropped_column select g, 'x', g from generate_series(1, 10) g;
          alter table public.dropped_column drop column b;
          create table public.large_row (id int primary key, t text);
          insert into public.large_row select 1, string_agg(md5(g::text), '') from generate_series(1, 100000) g;
          create type public.pair_of_ints as (a int, b int);
          create table public.rewritten as select g from generate_series(1, 100) g;
          """);
      statement.execute(
          "create table public.every_binary_type as select "
              + BINARY
              + ", row(1, null)::public.pair_of_ints as a_pair,"
              + " '-0'::float8 as a_minus_zero, 'nan'::numeric as a_nan, 1.10::numeric as a_scale,"
              + " array['nan', '-0', 'infinity']::float8[] as floats from odd.every_type");
    }
  }

  /** A crossing with slices of a megabyte. */
  static Crossing of(
      RdsLikeSource source, TimescaleLikeTarget target, Path folder, int megabytesPerSecond) {
    List<Hypertable> hypertables = new ArrayList<>(OrdersDatabase.HYPERTABLES);
    hypertables.add(HostileDatabase.HYPERTABLE);
    Crossing crossing = Crossing.of(source, target, folder, hypertables);
    return crossing.with(
        crossing
            .request()
            .pipeline()
            .with(DataMode.STREAM, VerifyLevel.FULL, new Stream(3, 1, megabytesPerSecond, 0)));
  }

  /** The same from another database of the source. */
  static Crossing from(Crossing crossing, String database) {
    RunRequest request = crossing.request();
    DatabaseAddress address = request.source();
    return crossing.with(
        new RunRequest(
            request.name(),
            new DatabaseAddress(
                address.host(), address.port(), database, address.user(), address.tls()),
            request.target(),
            request.pipeline().with(List.of(), request.pipeline().clientMajor()),
            request.stateDirectory(),
            request.dumpDirectory(),
            request.runtimeDirectory()));
  }

  /** Whether a step began in the last attempt. */
  static boolean began(Crossing crossing, String step) throws IOException {
    List<RunEvent> events = crossing.events();
    for (int i = events.size() - 1; i >= 0; i--) {
      if (events.get(i) instanceof RunEvent.RunStarted) {
        return false;
      }
      if (events.get(i) instanceof RunEvent.StepStarted started && started.step().equals(step)) {
        return true;
      }
    }
    return false;
  }

  /** What an independent comparison finds; an enum's hash puts rows into other partitions there. */
  static List<String> differences(Crossing crossing) throws SQLException {
    return crossing.differences().stream()
        .filter(text -> !text.matches("(?s)rows of public.by_sides?_.*"))
        .toList();
  }

  static List<String> notices(Crossing crossing) throws IOException {
    return crossing.events().stream()
        .filter(RunEvent.Notice.class::isInstance)
        .map(event -> ((RunEvent.Notice) event).text())
        .toList();
  }
}
