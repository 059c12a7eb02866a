-- Each server keeps the column option pg_attver for itself.
SELECT 'column', format('%s.%I', c.full_name, a.attname), c.full_name, 'pg_catalog.pg_class'::regclass::oid::bigint, c.oid::bigint,
       jsonb_build_object(
         'position', row_number() OVER (PARTITION BY a.attrelid ORDER BY a.attnum),
         'type', pg_catalog.format_type(a.atttypid, a.atttypmod),
         'collation', CASE WHEN a.attcollation <> t.typcollation THEN (SELECT format('%I.%I', n.nspname, l.collname)
                        FROM pg_catalog.pg_collation l JOIN pg_catalog.pg_namespace n ON n.oid = l.collnamespace WHERE l.oid = a.attcollation) END,
         'not null', a.attnotnull, 'identity', nullif(a.attidentity, ''), 'generated', nullif(a.attgenerated, ''),
         'default', pg_catalog.pg_get_expr(d.adbin, d.adrelid),
         'storage', nullif(a.attstorage, t.typstorage),
         'compression', nullif(to_jsonb(a) ->> 'attcompression', ''),
         'statistics target', nullif(a.attstattarget, -1),
         'options', (SELECT string_agg(o, ', ' ORDER BY o) FROM unnest(a.attoptions) o WHERE o NOT LIKE 'pg\_attver=%'), 'foreign options', array_to_string(a.attfdwoptions, ', '))
FROM relation c JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'c') AND a.attnum > 0 AND NOT a.attisdropped
