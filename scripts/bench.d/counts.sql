-- Rows of every table and every index, on either side.
select format('select %L, count(*) from %I', relname, relname) from pg_class
 where relkind = 'r' and relnamespace = 'public'::regnamespace and relname <> 'spatial_ref_sys' order by 1 \gexec
select count(*) from pg_index i join pg_class c on c.oid = i.indrelid
 where c.relnamespace = 'public'::regnamespace and i.indisvalid;
select count(*) from pg_constraint where connamespace = 'public'::regnamespace and contype in ('p', 'f', 'u') and convalidated;
