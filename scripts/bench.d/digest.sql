-- What a complete copy has: each table's rows and digest, then indexes, constraints and sequences.
set timezone = 'UTC';
set datestyle = 'ISO';
set intervalstyle = 'postgres';
set bytea_output = 'hex';
set extra_float_digits = 1;
select format('select %L, count(*), sum(hashtextextended(the_row_::text, 0)::numeric) from %I.%I as the_row_', relname, nspname, relname)
  from pg_class c join pg_namespace n on n.oid = relnamespace
 where relkind in ('r', 'p') and not relispartition and nspname = 'public'
   and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')
 order by relname collate "C" \gexec
select 'indexes', count(*) from pg_index i join pg_class c on c.oid = i.indrelid
 where c.relnamespace = 'public'::regnamespace and i.indisvalid and i.indisready;
select 'constraints', contype, count(*) from pg_constraint
 where connamespace = 'public'::regnamespace and conrelid <> 0 and contype in ('p', 'f', 'u', 'c') and convalidated group by 2 order by 2;
select 'sequence', sequencename, last_value from pg_sequences where schemaname = 'public' order by 2;
select 'tables without statistics', count(*) from pg_class c
 where relkind = 'r' and relnamespace = 'public'::regnamespace and reltuples < 0;
