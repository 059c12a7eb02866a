-- Every object by its identity, with what is to be equal about it. Owners and privileges are left
-- out: they are translated, not carried. So are definitions that the two servers' versions may word
-- in two ways.
WITH extension_members AS (
  SELECT classid, objid FROM pg_depend WHERE deptype = 'e'
), schemas AS (
  SELECT oid FROM pg_namespace n
  WHERE nspname !~ '^(pg_|_?timescaledb)' AND nspname NOT IN ('information_schema', 'tsferry')
    AND ('pg_namespace'::regclass, oid) NOT IN (SELECT * FROM extension_members)
), relations AS (
  SELECT c.* FROM pg_class c JOIN schemas s ON s.oid = c.relnamespace
  WHERE ('pg_class'::regclass, c.oid) NOT IN (SELECT * FROM extension_members)
), objects(class, oid, sub, value) AS (
  SELECT 'pg_namespace'::regclass, oid, 0, '' FROM schemas
  UNION ALL
  SELECT 'pg_class'::regclass, c.oid, 0, concat_ws(' ',
           CASE c.relpersistence WHEN 'u' THEN 'unlogged' END,
           CASE WHEN c.relrowsecurity THEN 'row security' END,
           CASE WHEN c.relforcerowsecurity THEN 'forced' END,
           array_to_string(c.reloptions, ','), pg_get_partkeydef(c.oid), pg_get_expr(c.relpartbound, c.oid),
           (SELECT 'inherits ' || string_agg(inhparent::regclass::text, ', ' ORDER BY inhseqno)
            FROM pg_inherits WHERE inhrelid = c.oid))
    FROM relations c WHERE relkind IN ('r', 'p', 'v', 'm', 'f', 'c')
  UNION ALL
  SELECT 'pg_class'::regclass, c.oid, a.attnum, concat_ws(' ', format_type(atttypid, atttypmod),
           'column ' || row_number() OVER (PARTITION BY attrelid ORDER BY attnum),
           CASE WHEN attcollation NOT IN (0, 100) THEN attcollation::regcollation END,
           CASE WHEN attnotnull THEN 'not null' END, nullif(attidentity, ''), nullif(attgenerated, ''),
           pg_get_expr(d.adbin, d.adrelid))
    FROM relations c JOIN pg_attribute a ON a.attrelid = c.oid
         LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
    WHERE relkind IN ('r', 'p', 'v', 'm', 'f', 'c') AND attnum > 0 AND NOT attisdropped
  UNION ALL
  SELECT 'pg_class'::regclass, indexrelid, 0, pg_get_indexdef(indexrelid)
           || CASE WHEN NOT indisvalid THEN ' INVALID' ELSE '' END
           || CASE WHEN indisclustered THEN ' CLUSTERED' ELSE '' END
    FROM pg_index JOIN relations c ON c.oid = indexrelid
  UNION ALL
  SELECT 'pg_class'::regclass, c.oid, 0, concat_ws(' ', format_type(seqtypid, NULL), seqstart, seqincrement,
           seqmin, seqmax, seqcache, seqcycle, 'of ' || (SELECT pg_describe_object(refclassid, refobjid, refobjsubid)
             FROM pg_depend WHERE classid = 'pg_class'::regclass AND objid = c.oid
               AND refclassid = 'pg_class'::regclass AND refobjsubid > 0 AND deptype IN ('a', 'i')))
    FROM relations c JOIN pg_sequence ON seqrelid = c.oid
  UNION ALL
  SELECT 'pg_constraint'::regclass, k.oid, 0, pg_get_constraintdef(k.oid)
    FROM pg_constraint k JOIN schemas s ON s.oid = connamespace
    -- Later versions list NOT NULL here too; columns and domains show it above and below.
    WHERE contype <> 'n' AND (conrelid = 0 OR conrelid IN (SELECT oid FROM relations))
  UNION ALL
  -- TimescaleDB puts one trigger of its own on a hypertable.
  SELECT 'pg_trigger'::regclass, t.oid, 0, concat('enabled ', tgenabled, ' ') || pg_get_triggerdef(t.oid)
    FROM pg_trigger t JOIN relations c ON c.oid = tgrelid
    WHERE NOT tgisinternal AND tgname <> 'ts_insert_blocker'
  UNION ALL
  SELECT 'pg_rewrite'::regclass, r.oid, 0, pg_get_ruledef(r.oid)
    FROM pg_rewrite r JOIN relations c ON c.oid = ev_class WHERE rulename <> '_RETURN'
  UNION ALL
  SELECT 'pg_policy'::regclass, p.oid, 0, concat_ws(' ', polcmd, polpermissive,
           (SELECT string_agg(rolname, ', ' ORDER BY rolname) FROM pg_roles r WHERE r.oid = ANY (polroles)),
           pg_get_expr(polqual, polrelid), pg_get_expr(polwithcheck, polrelid))
    FROM pg_policy p JOIN relations c ON c.oid = polrelid
  UNION ALL
  SELECT 'pg_proc'::regclass, p.oid, 0, prokind::text
           || CASE WHEN prokind IN ('f', 'p') THEN ' ' || pg_get_functiondef(p.oid) ELSE '' END
    FROM pg_proc p JOIN schemas s ON s.oid = pronamespace
  UNION ALL
  SELECT 'pg_type'::regclass, t.oid, 0, typtype::text || coalesce(' of ' || nullif(typbasetype, 0)::regtype, '')
           || coalesce((SELECT ' ' || string_agg(quote_literal(enumlabel), ', ' ORDER BY enumsortorder)
                        FROM pg_enum WHERE enumtypid = t.oid), '')
           || CASE WHEN typnotnull THEN ' not null' ELSE '' END || coalesce(' default ' || typdefault, '')
    FROM pg_type t JOIN schemas s ON s.oid = typnamespace WHERE typtype IN ('e', 'd', 'r')
  UNION ALL
  SELECT 'pg_statistic_ext'::regclass, x.oid, 0, pg_get_statisticsobjdef(x.oid)
    FROM pg_statistic_ext x JOIN schemas s ON s.oid = stxnamespace
  UNION ALL
  SELECT 'pg_collation'::regclass, x.oid, 0, concat_ws(' ', collprovider, collisdeterministic)
    FROM pg_collation x JOIN schemas s ON s.oid = collnamespace
  UNION ALL
  SELECT 'pg_operator'::regclass, x.oid, 0, oprcode::text FROM pg_operator x JOIN schemas s ON s.oid = oprnamespace
  UNION ALL
  SELECT 'pg_ts_config'::regclass, x.oid, 0, '' FROM pg_ts_config x JOIN schemas s ON s.oid = cfgnamespace
  UNION ALL
  SELECT 'pg_extension'::regclass, oid, 0, extnamespace::regnamespace::text FROM pg_extension
), own_objects AS (
  SELECT * FROM objects WHERE (class, oid) NOT IN (SELECT * FROM extension_members)
)
SELECT i.type || ' ' || i.identity, value
FROM own_objects, pg_identify_object(class, oid, sub) i
UNION ALL
SELECT 'comment on ' || i.type || ' ' || i.identity, description
FROM own_objects o JOIN pg_description ON classoid = class AND objoid = o.oid AND objsubid = sub,
     pg_identify_object(class, o.oid, sub) i
WHERE class <> 'pg_extension'::regclass
UNION ALL
SELECT 'comment on large object ' || objoid, description
FROM pg_description WHERE classoid = 'pg_largeobject'::regclass
