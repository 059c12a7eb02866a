SELECT 'sequence', c.full_name, NULL, 'pg_catalog.pg_class'::regclass::oid::bigint, c.oid::bigint,
       jsonb_build_object('type', q.seqtypid::regtype::text, 'start', q.seqstart, 'increment', q.seqincrement, 'minimum', q.seqmin, 'maximum', q.seqmax,
         'cache', q.seqcache, 'cycle', q.seqcycle, 'persistence', c.relpersistence,
         'owned by', (SELECT format('%s.%I', d.refobjid::regclass, a.attname) FROM pg_catalog.pg_depend d
                      JOIN pg_catalog.pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
                      WHERE d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = c.oid AND d.refclassid = 'pg_catalog.pg_class'::regclass
                        AND d.deptype IN ('a', 'i')))
FROM relation c JOIN pg_catalog.pg_sequence q ON q.seqrelid = c.oid
