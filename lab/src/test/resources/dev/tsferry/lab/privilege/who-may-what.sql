-- One line for each owner, privilege, default privilege, membership and setting; the owners of the
-- two databases have one name here. Left out are the privilege that PostgreSQL 17 brought, RDS's own
-- roles, and a range type's functions, which belong to the server.
WITH names AS (
  SELECT oid, CASE WHEN rolname IN ('orders_admin', 'tsdbadmin') THEN 'the owner' ELSE rolname::text END AS name FROM pg_roles
), schemas AS (
  SELECT * FROM pg_namespace WHERE nspname !~ '^(pg_|_?timescaledb|tsferry|information_schema)'
), things(what, owner, acl, code) AS (
  SELECT 'relation ' || c.oid::regclass, relowner, relacl, CASE relkind WHEN 'S' THEN 's' ELSE 'r' END::"char"
    FROM pg_class c JOIN schemas s ON s.oid = relnamespace WHERE relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
  UNION ALL SELECT 'routine ' || p.oid::regprocedure, proowner, proacl, 'f' FROM pg_proc p JOIN schemas s ON s.oid = pronamespace
  UNION ALL SELECT 'type ' || t.oid::regtype, typowner, typacl, 'T' FROM pg_type t JOIN schemas s ON s.oid = typnamespace
    WHERE typtype IN ('d', 'e', 'r') OR typrelid IN (SELECT oid FROM pg_class WHERE relkind = 'c')
  UNION ALL SELECT 'schema ' || quote_ident(nspname), nspowner, nspacl, 'n' FROM schemas
  UNION ALL SELECT 'large object ' || oid, lomowner, lomacl, 'L' FROM pg_largeobject_metadata
  UNION ALL SELECT 'database', datdba, datacl, 'd' FROM pg_database WHERE datname = current_database()
  UNION ALL SELECT 'operator ' || o.oid::regoperator, oprowner, NULL, NULL FROM pg_operator o JOIN schemas s ON s.oid = oprnamespace
  UNION ALL SELECT 'collation ' || o.oid::regcollation, collowner, NULL, NULL FROM pg_collation o JOIN schemas s ON s.oid = collnamespace
  UNION ALL SELECT 'configuration ' || o.oid::regconfig, cfgowner, NULL, NULL FROM pg_ts_config o JOIN schemas s ON s.oid = cfgnamespace
  UNION ALL SELECT 'dictionary ' || o.oid::regdictionary, dictowner, NULL, NULL FROM pg_ts_dict o JOIN schemas s ON s.oid = dictnamespace
  UNION ALL SELECT 'statistics ' || stxname, stxowner, NULL, NULL FROM pg_statistic_ext
), own_things AS (
  SELECT t.* FROM things t WHERE t.what NOT IN (
    SELECT 'relation ' || objid::regclass FROM pg_depend WHERE deptype = 'e' AND classid = 'pg_class'::regclass
    UNION ALL SELECT 'routine ' || objid::regprocedure FROM pg_depend WHERE deptype IN ('e', 'i') AND classid = 'pg_proc'::regclass
    UNION ALL SELECT 'type ' || objid::regtype FROM pg_depend WHERE deptype = 'e' AND classid = 'pg_type'::regclass
    UNION ALL SELECT 'operator ' || objid::regoperator FROM pg_depend WHERE deptype = 'e' AND classid = 'pg_operator'::regclass)
), lists(what, acl) AS (
  SELECT what, coalesce(acl, acldefault(code, owner)) FROM own_things WHERE code IS NOT NULL
  UNION ALL SELECT 'column ' || attrelid::regclass || '.' || quote_ident(attname), attacl
    FROM pg_attribute JOIN pg_class c ON c.oid = attrelid JOIN schemas s ON s.oid = relnamespace WHERE attacl IS NOT NULL
  UNION ALL SELECT concat_ws(' ', 'default', n.name, s.nspname, defaclobjtype), defaclacl
    FROM pg_default_acl JOIN names n ON n.oid = defaclrole LEFT JOIN schemas s ON s.oid = defaclnamespace
)
SELECT what || ' belongs to ' || n.name FROM own_things JOIN names n ON n.oid = owner
UNION ALL
SELECT concat_ws(' ', what || ':', coalesce(e.name, '-'), privilege_type, CASE WHEN is_grantable THEN 'with grant option' END, 'from', g.name)
  FROM lists, aclexplode(acl) JOIN names g ON g.oid = grantor LEFT JOIN names e ON e.oid = grantee
  WHERE privilege_type <> 'MAINTAIN'
UNION ALL
SELECT concat_ws(' ', 'member:', m.name, 'of', r.name, CASE WHEN bool_or(admin_option) THEN 'admin' END)
  FROM pg_auth_members JOIN names r ON r.oid = roleid JOIN names m ON m.oid = member
  WHERE m.name <> 'the owner' AND m.name <> 'rds_superuser' AND r.name <> 'rds_iam' GROUP BY m.name, r.name
UNION ALL
SELECT concat_ws(' ', 'setting', n.name, CASE WHEN setdatabase = 0 THEN 'everywhere' END, entry)
  FROM pg_db_role_setting LEFT JOIN names n ON n.oid = setrole, unnest(setconfig) entry
  WHERE setdatabase IN (0, (SELECT oid FROM pg_database WHERE datname = current_database()))
UNION ALL
SELECT 'comment ' || shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = current_database() AND shobj_description(oid, 'pg_database') IS NOT NULL
