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
      """;

  private LedgerSchema() {}
}
