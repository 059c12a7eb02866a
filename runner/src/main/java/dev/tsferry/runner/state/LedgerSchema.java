package dev.tsferry.runner.state;

/** The ledger's tables. */
final class LedgerSchema {
  static final String SQL =
      """
      create schema tsferry;
      comment on schema tsferry is
        'State of a running migration by tsferry; removed when it is done';
      create table tsferry.run (
        id uuid primary key,
        only_one boolean not null default true unique check (only_one),
        name text not null,
        source text not null,
        source_version int not null,
        pipeline text not null,
        programs text not null,
        started_at timestamptz not null default now()
      );
      create table tsferry.step (
        step text primary key,
        run_id uuid not null references tsferry.run,
        detail text,
        recorded_at timestamptz not null default now()
      );
      create table tsferry.change (
        step text,
        number int,
        kind text not null,
        statement text not null,
        reason text not null,
        primary key (step, number)
      );
      create table tsferry.handover (
        step text,
        number int,
        statement text not null,
        reason text not null,
        primary key (step, number)
      );
      create table tsferry.object (
        side text check (side in ('before', 'carried')),
        kind text,
        schema text not null,
        identity text,
        primary key (side, kind, identity)
      );
      create table tsferry.source_change (
        id int generated always as identity primary key,
        database text not null,
        setting text not null,
        value_before text,
        made_at timestamptz not null default now()
      );
      create table tsferry.quiesce (
        only_one boolean primary key default true check (only_one),
        taken_at timestamptz not null,
        stats_reset text,
        proof text not null,
        written_so_far text
      );
      create table tsferry.baseline_fact (
        name text primary key,
        value text not null
      );
      create table tsferry.baseline (
        relation bigint primary key,
        name text not null,
        file bigint not null,
        locked boolean not null,
        inserted bigint not null,
        updated bigint not null,
        deleted bigint not null,
        live bigint not null,
        dead bigint not null,
        maintained bigint not null
      );
      create table tsferry.stream_table (
        id int primary key,
        schema text not null,
        name text not null,
        columns text not null,
        format text not null,
        reason text not null,
        unlogged boolean not null,
        unique (schema, name)
      );
      create table tsferry.stream_unit (
        id int primary key,
        table_id int not null references tsferry.stream_table,
        heap text not null,
        filter text not null,
        file bigint not null,
        first_block bigint,
        last_block bigint,
        weight bigint not null
      );
      create sequence tsferry.stream_number as int;
      create table tsferry.stream_copied (
        unit int primary key references tsferry.stream_unit on delete cascade,
        rows bigint,
        bytes bigint,
        digest_high bigint,
        digest_low bigint,
        copied_at timestamptz not null default now()
      );
      create unlogged table tsferry.stream_copied_unlogged (
        like tsferry.stream_copied including all,
        foreign key (unit) references tsferry.stream_unit on delete cascade
      );
      """;

  private LedgerSchema() {}
}
