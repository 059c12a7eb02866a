SELECT CASE c.relkind WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialized view' WHEN 'f' THEN 'foreign table' WHEN 'c' THEN 'composite type' ELSE 'table' END,
       c.full_name, NULL, 'pg_catalog.pg_class'::regclass::oid::bigint, c.oid::bigint,
       jsonb_build_object(
         'persistence', c.relpersistence,
         'options', (SELECT string_agg(o, ', ' ORDER BY o) FROM (
                       SELECT unnest(c.reloptions) UNION ALL SELECT 'toast.' || unnest(t.reloptions) FROM pg_catalog.pg_class t WHERE t.oid = c.reltoastrelid) x(o)),
         'access method', CASE WHEN c.relkind IN ('r', 'm') THEN (SELECT amname FROM pg_catalog.pg_am a WHERE a.oid = c.relam) END,
         'partition key', pg_catalog.pg_get_partkeydef(c.oid),
         'partition bound', pg_catalog.pg_get_expr(c.relpartbound, c.oid),
         'parents', (SELECT string_agg(inhparent::regclass::text, ', ' ORDER BY inhseqno) FROM pg_catalog.pg_inherits WHERE inhrelid = c.oid),
         'row security', c.relrowsecurity, 'forced row security', c.relforcerowsecurity,
         'replica identity', CASE WHEN c.relkind IN ('r', 'p') THEN c.relreplident END,
         'of type', nullif(c.reloftype, 0)::regtype::text,
         'definition', CASE WHEN c.relkind IN ('v', 'm') THEN pg_catalog.pg_get_viewdef(c.oid) END,
         'populated', CASE WHEN c.relkind = 'm' THEN c.relispopulated END,
         'tablespace', (SELECT spcname FROM pg_catalog.pg_tablespace t WHERE t.oid = nullif(c.reltablespace, 0)),
         'foreign server', (SELECT s.srvname || coalesce(' ' || array_to_string(f.ftoptions, ', '), '') FROM pg_catalog.pg_foreign_table f
                            JOIN pg_catalog.pg_foreign_server s ON s.oid = f.ftserver WHERE f.ftrelid = c.oid))
FROM relation c WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'c')
