-- One query for each thing that holds values; each answers with one text. Hypertables are read
-- through their root, everything else by itself.
WITH schemas AS (
  SELECT oid, nspname FROM pg_namespace n
  WHERE nspname !~ '^(pg_|_?timescaledb)' AND nspname NOT IN ('information_schema', 'tsferry')
    AND NOT EXISTS (SELECT FROM pg_depend d
                    WHERE d.classid = 'pg_namespace'::regclass AND d.objid = n.oid AND d.deptype = 'e')
), relations AS (
  SELECT c.oid, c.relkind, c.relispopulated, format('%I.%I', nspname, relname) AS name,
         -- By name, since a dump puts inherited columns first.
         (SELECT string_agg(format('r.%I', attname), ', ' ORDER BY attname) FROM pg_attribute
          WHERE attrelid = c.oid AND attnum > 0 AND NOT attisdropped) AS columns,
         -- A hypertable is no partitioned table, and its rows are in its chunks, which inherit.
         EXISTS (SELECT FROM pg_inherits i JOIN pg_class p ON p.oid = i.inhrelid
                 WHERE i.inhparent = c.oid AND p.relnamespace::regnamespace::text ~ '^_timescaledb') AS hypertable
  FROM pg_class c JOIN schemas s ON s.oid = c.relnamespace
  WHERE NOT EXISTS (SELECT FROM pg_depend d
                    WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
)
SELECT 'rows of ' || name,
       format($$SELECT count(*) || ' rows with digest ' ||
                coalesce(sum(hashtextextended(encode(convert_to(ROW(%s)::text, 'UTF8'), 'hex') COLLATE "C", 0)::numeric), 0)
                FROM %s %s AS r$$, columns, CASE WHEN hypertable THEN '' ELSE 'ONLY' END, name)
FROM relations WHERE relkind = 'r' OR relkind = 'm' AND relispopulated
UNION ALL
SELECT 'rows of ' || name, $$SELECT 'not populated'$$
FROM relations WHERE relkind = 'm' AND NOT relispopulated
UNION ALL
SELECT 'value of sequence ' || name,
       format($$SELECT last_value || CASE WHEN is_called THEN ' called' ELSE ' not called' END FROM %s$$, name)
FROM relations WHERE relkind = 'S'
UNION ALL
SELECT 'large object ' || oid, format($$SELECT md5(lo_get(%s))$$, oid) FROM pg_largeobject_metadata
