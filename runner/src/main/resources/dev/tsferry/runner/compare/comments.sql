SELECT 'comment', i.type || ' ' || CASE i.type WHEN 'transform' THEN replace(i.identity, ' on language ', ' language ') ELSE i.identity END,
       -- Whose comment it is: what is missing has no comment to miss.
       CASE WHEN d.classoid = 'pg_catalog.pg_class'::regclass THEN d.objoid::regclass::text ELSE i.identity END,
       d.classoid::bigint, d.objoid::bigint, jsonb_build_object('text', d.description)
FROM pg_catalog.pg_description d, LATERAL pg_catalog.pg_identify_object(d.classoid, d.objoid, d.objsubid) i
WHERE (d.objoid >= 16384 OR d.classoid = 'pg_catalog.pg_largeobject'::regclass OR d.objoid = 'public'::regnamespace)
  AND i.identity !~ '^(_timescaledb_|timescaledb_|tsferry\.)' AND i.identity !~ ' on (_timescaledb_|tsferry\.)' AND i.identity <> 'tsferry'
  AND i.schema IS DISTINCT FROM 'pg_toast'
  AND NOT EXISTS (SELECT FROM member m WHERE m.classid = d.classoid AND m.objid = d.objoid)
