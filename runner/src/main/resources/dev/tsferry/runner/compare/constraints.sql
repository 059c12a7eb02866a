-- NOT NULL is told by columns and domains, and is in this catalogue since 18 (17 for domains) only. The rows
-- that a foreign key has for each partition are named by the server anew.
SELECT 'constraint', format('%I on %s', k.conname, c.full_name), c.full_name, 'pg_catalog.pg_constraint'::regclass::oid::bigint, k.oid::bigint,
       jsonb_build_object('definition', pg_catalog.pg_get_constraintdef(k.oid), 'validated', k.convalidated,
         'of a partition', k.contype = 'f' AND k.conparentid <> 0)
FROM pg_catalog.pg_constraint k JOIN relation c ON c.oid = k.conrelid
WHERE k.contype NOT IN ('n', 't')
UNION ALL
SELECT 'constraint', format('%I on domain %s', k.conname, k.contypid::regtype), k.contypid::regtype::text, 'pg_catalog.pg_constraint'::regclass::oid::bigint, k.oid::bigint,
       jsonb_build_object('definition', pg_catalog.pg_get_constraintdef(k.oid), 'validated', k.convalidated)
FROM pg_catalog.pg_constraint k JOIN space s ON s.oid = k.connamespace WHERE k.contypid <> 0 AND k.contype <> 'n'
  AND NOT EXISTS (SELECT FROM member m WHERE m.classid = 'pg_catalog.pg_type'::regclass AND m.objid = k.contypid)
UNION ALL
SELECT 'index', i.full_name, c.full_name, 'pg_catalog.pg_class'::regclass::oid::bigint, i.oid::bigint,
       jsonb_build_object(
         'definition', pg_catalog.pg_get_indexdef(x.indexrelid), 'valid', x.indisvalid, 'ready', x.indisready, 'clustered', x.indisclustered,
         'unique', x.indisunique, 'replica identity', x.indisreplident, 'immediate', x.indimmediate,
         'attached to', (SELECT inhparent::regclass::text FROM pg_catalog.pg_inherits WHERE inhrelid = i.oid),
         'constraint', (SELECT min(k.conname) FROM pg_catalog.pg_constraint k WHERE k.conindid = i.oid AND k.contype IN ('p', 'u', 'x') AND k.conrelid = c.oid),
         'statistics targets', (SELECT string_agg(a.attnum || '=' || a.attstattarget, ', ' ORDER BY a.attnum) FROM pg_catalog.pg_attribute a
                                WHERE a.attrelid = i.oid AND a.attstattarget >= 0),
         'tablespace', (SELECT spcname FROM pg_catalog.pg_tablespace t WHERE t.oid = nullif(i.reltablespace, 0)))
FROM pg_catalog.pg_index x JOIN relation i ON i.oid = x.indexrelid JOIN relation c ON c.oid = x.indrelid
UNION ALL
SELECT 'statistics', format('%I.%I', s.nspname, x.stxname), x.stxrelid::regclass::text, 'pg_catalog.pg_statistic_ext'::regclass::oid::bigint, x.oid::bigint,
       jsonb_build_object('definition', pg_catalog.pg_get_statisticsobjdef(x.oid), 'target', nullif(to_jsonb(x) ->> 'stxstattarget', '-1'))
FROM pg_catalog.pg_statistic_ext x JOIN space s ON s.oid = x.stxnamespace
UNION ALL
SELECT 'trigger', format('%I on %s', t.tgname, c.full_name), c.full_name, 'pg_catalog.pg_trigger'::regclass::oid::bigint, t.oid::bigint,
       jsonb_build_object('definition', pg_catalog.pg_get_triggerdef(t.oid), 'enabled', t.tgenabled)
FROM pg_catalog.pg_trigger t JOIN relation c ON c.oid = t.tgrelid WHERE NOT t.tgisinternal
UNION ALL
SELECT 'rule', format('%I on %s', r.rulename, c.full_name), c.full_name, 'pg_catalog.pg_rewrite'::regclass::oid::bigint, r.oid::bigint,
       jsonb_build_object('definition', pg_catalog.pg_get_ruledef(r.oid), 'enabled', r.ev_enabled)
FROM pg_catalog.pg_rewrite r JOIN relation c ON c.oid = r.ev_class WHERE r.rulename <> '_RETURN'
UNION ALL
-- The two databases' owners stand for each other.
SELECT 'policy', format('%I on %s', p.polname, c.full_name), c.full_name, 'pg_catalog.pg_policy'::regclass::oid::bigint, p.oid::bigint,
       jsonb_build_object('command', p.polcmd, 'permissive', p.polpermissive,
         'roles', (SELECT string_agg(r, ', ' ORDER BY r) FROM (
                     SELECT CASE o WHEN 0 THEN 'public' ELSE (SELECT CASE WHEN rolname = current_user THEN '(owner)' ELSE quote_ident(rolname) END
                                                              FROM pg_catalog.pg_roles WHERE pg_roles.oid = o) END FROM unnest(p.polroles) o) x(r)),
         'using', pg_catalog.pg_get_expr(p.polqual, p.polrelid), 'with check', pg_catalog.pg_get_expr(p.polwithcheck, p.polrelid))
FROM pg_catalog.pg_policy p JOIN relation c ON c.oid = p.polrelid
