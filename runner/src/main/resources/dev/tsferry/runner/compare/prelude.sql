-- What each of the other files begins with. Columns that a server of an older or newer version does
-- not have are read by to_jsonb(row) ->> 'column', which then is null.
WITH member(classid, objid) AS (
  SELECT classid, objid FROM pg_catalog.pg_depend WHERE deptype = 'e'
), space(oid, nspname) AS (
  SELECT n.oid, n.nspname FROM pg_catalog.pg_namespace n
  WHERE {user-schema} AND NOT EXISTS (SELECT FROM member m WHERE m.classid = 'pg_catalog.pg_namespace'::regclass AND m.objid = n.oid)
), relation AS (
  SELECT c.*, format('%I.%I', s.nspname, c.relname) AS full_name
  FROM pg_catalog.pg_class c JOIN space s ON s.oid = c.relnamespace
  WHERE c.relpersistence <> 't' AND NOT {chunk}
    AND NOT EXISTS (SELECT FROM member m WHERE m.classid = 'pg_catalog.pg_class'::regclass AND m.objid = c.oid)
)
