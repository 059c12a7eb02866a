-- What the target can't have, since its user is no superuser or its version refuses it, and all that
-- depends on it, each with the reason.
-- https://www.postgresql.org/docs/current/catalog-pg-depend.html
WITH RECURSIVE member(classid, objid) AS (
  SELECT classid, objid FROM pg_catalog.pg_depend WHERE deptype = 'e'
), privileged(classid, objid, reason) AS (
  SELECT 'pg_catalog.pg_proc'::regclass::oid, p.oid, CASE WHEN NOT l.lanpltrusted THEN 'only a superuser creates functions in language ' || l.lanname
           WHEN p.proleakproof THEN 'only a superuser creates leakproof functions' ELSE 'the function sets a parameter that only a superuser sets' END
  FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_language l ON l.oid = p.prolang
  WHERE p.oid >= 16384 AND (p.prokind <> 'a' AND NOT l.lanpltrusted OR p.proleakproof
    OR EXISTS (SELECT FROM unnest(p.proconfig) c WHERE split_part(c, '=', 1) = ANY (ARRAY(
             SELECT name FROM pg_catalog.pg_settings WHERE context IN ('superuser', 'internal', 'postmaster', 'sighup')))))
  UNION ALL
  SELECT 'pg_catalog.pg_proc'::regclass::oid, g.aggfnoid, 'only a superuser creates aggregates with a state of type internal'
  FROM pg_catalog.pg_aggregate g WHERE g.aggfnoid >= 16384 AND 'internal'::regtype IN (g.aggtranstype, g.aggmtranstype)
  UNION ALL
  SELECT 'pg_catalog.pg_type'::regclass::oid, t.oid, 'only a superuser creates base types' FROM pg_catalog.pg_type t
  WHERE t.oid >= 16384 AND (t.typtype = 'b' AND NOT EXISTS (SELECT FROM pg_catalog.pg_type e WHERE e.oid = t.typelem AND e.typarray = t.oid) OR t.typtype = 'p')
  UNION ALL SELECT 'pg_catalog.pg_opclass'::regclass::oid, oid, 'only a superuser creates operator classes' FROM pg_catalog.pg_opclass WHERE oid >= 16384
  UNION ALL SELECT 'pg_catalog.pg_opfamily'::regclass::oid, oid, 'only a superuser creates operator families' FROM pg_catalog.pg_opfamily WHERE oid >= 16384
  UNION ALL SELECT 'pg_catalog.pg_am'::regclass::oid, oid, 'only a superuser creates access methods' FROM pg_catalog.pg_am WHERE oid >= 16384
  UNION ALL SELECT 'pg_catalog.pg_language'::regclass::oid, oid, 'only a superuser creates languages' FROM pg_catalog.pg_language WHERE oid >= 16384
  UNION ALL SELECT 'pg_catalog.pg_ts_template'::regclass::oid, oid, 'only a superuser creates text search templates' FROM pg_catalog.pg_ts_template WHERE oid >= 16384
  UNION ALL SELECT 'pg_catalog.pg_ts_parser'::regclass::oid, oid, 'only a superuser creates text search parsers' FROM pg_catalog.pg_ts_parser WHERE oid >= 16384
  UNION ALL SELECT 'pg_catalog.pg_cast'::regclass::oid, oid, 'only a superuser creates casts without a function' FROM pg_catalog.pg_cast WHERE oid >= 16384 AND castmethod = 'b'
  UNION ALL
  SELECT 'pg_catalog.pg_cast'::regclass::oid, k.oid, 'only the owner of a type creates a cast of it, here a superuser'
  FROM pg_catalog.pg_cast k JOIN pg_catalog.pg_type s ON s.oid = k.castsource JOIN pg_catalog.pg_type t ON t.oid = k.casttarget
  JOIN pg_catalog.pg_roles a ON a.oid = s.typowner JOIN pg_catalog.pg_roles b ON b.oid = t.typowner
  WHERE k.oid >= 16384 AND k.castmethod <> 'b' AND a.rolsuper AND b.rolsuper AND a.rolname <> current_user AND b.rolname <> current_user
  UNION ALL
  SELECT 'pg_catalog.pg_transform'::regclass::oid, f.oid, 'only the owner of a type creates a transform of it, here a superuser'
  FROM pg_catalog.pg_transform f JOIN pg_catalog.pg_type t ON t.oid = f.trftype JOIN pg_catalog.pg_roles a ON a.oid = t.typowner
  WHERE f.oid >= 16384 AND a.rolsuper
  UNION ALL SELECT 'pg_catalog.pg_foreign_data_wrapper'::regclass::oid, oid, 'only a superuser creates foreign data wrappers' FROM pg_catalog.pg_foreign_data_wrapper
  UNION ALL SELECT 'pg_catalog.pg_foreign_server'::regclass::oid, oid, 'the wrapper may be used by a superuser only' FROM pg_catalog.pg_foreign_server
), root(classid, objid, reason) AS (
  SELECT classid, objid, reason FROM privileged WHERE NOT ?::boolean
  UNION ALL
  SELECT 'pg_catalog.pg_proc'::regclass::oid, p.oid, 'its library ' || coalesce(p.probin, '') || ' is not on the target'
  FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_language l ON l.oid = p.prolang WHERE p.oid >= 16384 AND l.lanname = 'c'
  -- The members of extensions that stay behind.
  UNION ALL
  SELECT d.classid, d.objid, format('the extension %s stays behind, for %s', e.extname, s.reason)
  FROM pg_catalog.pg_depend d JOIN pg_catalog.pg_extension e ON e.oid = d.refobjid AND d.refclassid = 'pg_catalog.pg_extension'::regclass
  JOIN unnest(?::text[], ?::text[]) s(name, reason) ON s.name = e.extname
  WHERE d.deptype = 'e'
  UNION ALL
  SELECT 'pg_catalog.pg_class'::regclass::oid, a.attrelid, 'since 16 a column is generated only where its parent''s is'
  FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_inherits i ON i.inhrelid = a.attrelid
  JOIN pg_catalog.pg_attribute p ON p.attrelid = i.inhparent AND p.attname = a.attname
  WHERE ? >= 16 AND a.attgenerated <> '' AND p.attgenerated = '' AND NOT p.attisdropped
), reached(classid, objid, reason, root_class, root_object) AS (
  SELECT r.classid, r.objid, r.reason, r.classid, r.objid FROM root r
  WHERE r.reason LIKE 'the extension %' OR r.reason LIKE 'the wrapper %' OR NOT EXISTS (SELECT FROM member m WHERE m.classid = r.classid AND m.objid = r.objid)
  UNION
  SELECT x.classid, x.objid, r.reason, r.root_class, r.root_object
  FROM reached r, LATERAL (
    SELECT d.classid, d.objid FROM pg_catalog.pg_depend d
    WHERE d.refclassid = r.classid AND d.refobjid = r.objid AND d.deptype IN ('n', 'a', 'i', 'P', 'S')
    -- What stands inside the statement that makes the other.
    UNION ALL SELECT 'pg_catalog.pg_class'::regclass, w.ev_class FROM pg_catalog.pg_rewrite w
      WHERE r.classid = 'pg_catalog.pg_rewrite'::regclass AND w.oid = r.objid AND w.rulename = '_RETURN'
    UNION ALL SELECT 'pg_catalog.pg_class'::regclass, a.adrelid FROM pg_catalog.pg_attrdef a WHERE r.classid = 'pg_catalog.pg_attrdef'::regclass AND a.oid = r.objid
    UNION ALL SELECT 'pg_catalog.pg_class'::regclass, k.conrelid FROM pg_catalog.pg_constraint k
      WHERE r.classid = 'pg_catalog.pg_constraint'::regclass AND k.oid = r.objid AND k.contype = 'c' AND k.conrelid <> 0
    UNION ALL SELECT 'pg_catalog.pg_type'::regclass, k.contypid FROM pg_catalog.pg_constraint k
      WHERE r.classid = 'pg_catalog.pg_constraint'::regclass AND k.oid = r.objid AND k.contypid <> 0
  ) x
  WHERE NOT EXISTS (SELECT FROM member m WHERE m.classid = x.classid AND m.objid = x.objid)
)
SELECT DISTINCT ON (classid, objid) classid::bigint, objid::bigint,
       CASE WHEN (classid, objid) = (root_class, root_object) THEN reason
            ELSE format('it depends on %s, and %s', (SELECT i.type || ' ' || i.identity FROM pg_catalog.pg_identify_object(root_class, root_object, 0) i), reason) END
FROM reached ORDER BY classid, objid, (classid, objid) = (root_class, root_object) DESC, reason
