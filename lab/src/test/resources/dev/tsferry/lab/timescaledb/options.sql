create schema "Ser; ""ies""";
set search_path = "Ser; ""ies""", public;
create table hosts (id int primary key);
insert into hosts select generate_series(0, 9);
create function touch() returns trigger language plpgsql as 'begin return new; end';
create table readings (
  ts timestamptz, device int, batch bigint not null, v float, primary key (ts, device, batch));
insert into readings
  select timestamptz '2024-01-01' + i * interval '3 hours', i % 7, i * 10, i from generate_series(1, 900) i;
create table ticks (tick bigint not null, v text);
insert into ticks select i * 3, 'tick ' || i from generate_series(1, 900) i;
create function "now; tick"() returns bigint language sql stable as 'select 5000::bigint';
create table "parted; 'x'" (
  at timestamp not null, device int not null references hosts, id bigint generated always as identity,
  note text, primary key (at, device)
) partition by range (at);
create table parted_1 (note text, id bigint not null, dropped int, device int not null, at timestamp not null);
alter table parted_1 drop column dropped;
alter table "parted; 'x'" attach partition parted_1 for values from ('2024-01-01') to ('2024-02-01');
create table parted_2 partition of "parted; 'x'" for values from ('2024-02-01') to ('2024-03-01')
  partition by list (device);
create table parted_2a partition of parted_2 (constraint only_here check (note <> 'never')) for values in (1, 2, 3);
create table parted_2b partition of parted_2 default;
create table parted_rest partition of "parted; 'x'" default;
create index parted_note on "parted; 'x'" (note, at);
create index only_one on parted_1 (id);
create unique index parted_unique on "parted; 'x'" (at, device, note);
comment on table parted_1 is 'a part; it''s gone';
comment on column parted_1.note is 'gone too';
comment on index only_one is 'and this';
comment on constraint only_here on parted_2a is 'and this too';
comment on table "parted; 'x'" is 'stays';
create trigger touch before insert on "parted; 'x'" for each row execute function touch();
insert into "parted; 'x'" (at, device, note)
  select timestamp '2023-12-20' + i * interval '2 hours', i % 10, 'note ' || i from generate_series(1, 1000) i;
create table log (at date not null, message text, unique (at, message));
create table log_2023 (check (at < '2024-01-01')) inherits (log);
create table log_2023_old () inherits (log_2023);
insert into log select date '2024-01-01' + i, 'parent ' || i from generate_series(1, 50) i;
insert into log_2023 select date '2023-06-01' + i, 'child ' || i from generate_series(1, 60) i;
insert into log_2023_old select date '2023-01-01' + i, 'grandchild ' || i from generate_series(1, 70) i;
create index log_child on log_2023 (message);
create table wrong (at timestamptz not null, data json, device int) partition by range (at);
create table wrong_1 partition of wrong for values from ('2024-01-01') to ('2025-01-01');
create view uses_part as select * from wrong_1;
create table heirs (at timestamptz not null, k int, unique (at));
create table heir (extra int) inherits (heirs);
create table twins (at timestamptz not null, unique (at));
create table twin () inherits (twins);
insert into twins values ('2024-01-01');
insert into twin values ('2024-01-01');
