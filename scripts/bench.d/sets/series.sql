-- Readings of devices in the order of time, with the indexes that such tables have.
create table series (
  at timestamptz not null,
  device int not null,
  temperature double precision,
  humidity double precision,
  battery real,
  flags bigint
);
select :megabytes * 8000 as rows \gset
insert into series
  select timestamptz '2026-01-01' + (g / 100) * (interval '30 days' * 100 / :rows), g % 100, 20 + 5 * sin(g / 1000.0),
         50 + 10 * cos(g / 777.0), 3.7 - (g % 1000) / 5000.0, g
    from generate_series(1, :rows) g;
create index series_at_idx on series (at desc);
create index series_device_at_idx on series (device, at desc);
