SELECT CASE t.typtype WHEN 'e' THEN 'enum' WHEN 'd' THEN 'domain' WHEN 'r' THEN 'range type' ELSE 'type' END,
       t.oid::regtype::text, NULL, 'pg_catalog.pg_type'::regclass::oid::bigint, t.oid::bigint,
       jsonb_build_object(
         'labels', CASE WHEN t.typtype = 'e' THEN (SELECT string_agg(quote_literal(enumlabel), ', ' ORDER BY enumsortorder) FROM pg_catalog.pg_enum WHERE enumtypid = t.oid) END,
         'base', CASE WHEN t.typtype = 'd' THEN pg_catalog.format_type(t.typbasetype, t.typtypmod) END,
         'not null', t.typnotnull, 'default', t.typdefault,
         'collation', CASE WHEN t.typcollation NOT IN (0, 100) THEN (SELECT format('%I.%I', n.nspname, l.collname)
                        FROM pg_catalog.pg_collation l JOIN pg_catalog.pg_namespace n ON n.oid = l.collnamespace WHERE l.oid = t.typcollation) END)
       || CASE WHEN t.typtype = 'b' THEN jsonb_build_object('input', t.typinput::text, 'output', t.typoutput::text, 'receive', t.typreceive::text, 'send', t.typsend::text,
            'modifiers', t.typmodin::text || t.typmodout::text, 'length', t.typlen, 'by value', t.typbyval, 'alignment', t.typalign, 'storage', t.typstorage,
            'category', t.typcategory, 'preferred', t.typispreferred, 'delimiter', t.typdelim, 'element', nullif(t.typelem, 0)::regtype::text) ELSE '{}' END
       || coalesce((SELECT jsonb_build_object('subtype', r.rngsubtype::regtype::text, 'canonical', r.rngcanonical::text, 'difference', r.rngsubdiff::text,
            'operator class', (pg_catalog.pg_identify_object('pg_catalog.pg_opclass'::regclass, r.rngsubopc, 0)).identity, 'range collation', nullif(r.rngcollation, 0)::regcollation::text,
            'multirange', (to_jsonb(r) ->> 'rngmultitypid')::oid::regtype::text) FROM pg_catalog.pg_range r WHERE r.rngtypid = t.oid), '{}')
FROM pg_catalog.pg_type t JOIN space s ON s.oid = t.typnamespace
WHERE t.typtype IN ('e', 'd', 'r', 'b', 'p')
  -- Another type's array is the other's own.
  AND NOT EXISTS (SELECT FROM pg_catalog.pg_type e WHERE e.oid = t.typelem AND e.typarray = t.oid)
  AND NOT EXISTS (SELECT FROM member m WHERE m.classid = 'pg_catalog.pg_type'::regclass AND m.objid = t.oid)
UNION ALL
-- 16 and later write an ICU locale as a language tag, and name its column anew in 15 and 17.
SELECT 'collation', format('%I.%I', s.nspname, l.collname), NULL, 'pg_catalog.pg_collation'::regclass::oid::bigint, l.oid::bigint,
       jsonb_build_object('provider', l.collprovider, 'deterministic', l.collisdeterministic,
         'locale', coalesce(to_jsonb(l) ->> 'colllocale', to_jsonb(l) ->> 'colliculocale', CASE WHEN l.collprovider = 'i' THEN l.collcollate END),
         'collate', CASE WHEN l.collprovider = 'c' THEN l.collcollate END, 'ctype', CASE WHEN l.collprovider = 'c' THEN l.collctype END,
         'rules', to_jsonb(l) ->> 'collicurules')
FROM pg_catalog.pg_collation l JOIN space s ON s.oid = l.collnamespace
WHERE NOT EXISTS (SELECT FROM member m WHERE m.classid = 'pg_catalog.pg_collation'::regclass AND m.objid = l.oid)
UNION ALL
SELECT 'conversion', format('%I.%I', s.nspname, v.conname), NULL, 'pg_catalog.pg_conversion'::regclass::oid::bigint, v.oid::bigint,
       jsonb_build_object('from', pg_catalog.pg_encoding_to_char(v.conforencoding), 'to', pg_catalog.pg_encoding_to_char(v.contoencoding), 'function', v.conproc::text, 'default', v.condefault)
FROM pg_catalog.pg_conversion v JOIN space s ON s.oid = v.connamespace
WHERE NOT EXISTS (SELECT FROM member m WHERE m.classid = 'pg_catalog.pg_conversion'::regclass AND m.objid = v.oid)
UNION ALL
SELECT 'text search dictionary', format('%I.%I', s.nspname, x.dictname), NULL, 'pg_catalog.pg_ts_dict'::regclass::oid::bigint, x.oid::bigint,
       jsonb_build_object('template', (pg_catalog.pg_identify_object('pg_catalog.pg_ts_template'::regclass, x.dicttemplate, 0)).identity, 'options', x.dictinitoption)
FROM pg_catalog.pg_ts_dict x JOIN space s ON s.oid = x.dictnamespace
WHERE NOT EXISTS (SELECT FROM member m WHERE m.classid = 'pg_catalog.pg_ts_dict'::regclass AND m.objid = x.oid)
UNION ALL
SELECT 'text search configuration', format('%I.%I', s.nspname, x.cfgname), NULL, 'pg_catalog.pg_ts_config'::regclass::oid::bigint, x.oid::bigint,
       jsonb_build_object('parser', (pg_catalog.pg_identify_object('pg_catalog.pg_ts_parser'::regclass, x.cfgparser, 0)).identity,
         'mappings', (SELECT string_agg(maptokentype || ':' || mapdict::regdictionary, ', ' ORDER BY maptokentype, mapseqno) FROM pg_catalog.pg_ts_config_map WHERE mapcfg = x.oid))
FROM pg_catalog.pg_ts_config x JOIN space s ON s.oid = x.cfgnamespace
WHERE NOT EXISTS (SELECT FROM member m WHERE m.classid = 'pg_catalog.pg_ts_config'::regclass AND m.objid = x.oid)
UNION ALL
SELECT 'text search parser', format('%I.%I', s.nspname, x.prsname), NULL, 'pg_catalog.pg_ts_parser'::regclass::oid::bigint, x.oid::bigint,
       jsonb_build_object('functions', concat_ws(' ', x.prsstart, x.prstoken, x.prsend, x.prslextype, x.prsheadline))
FROM pg_catalog.pg_ts_parser x JOIN space s ON s.oid = x.prsnamespace
WHERE NOT EXISTS (SELECT FROM member m WHERE m.classid = 'pg_catalog.pg_ts_parser'::regclass AND m.objid = x.oid)
UNION ALL
SELECT 'text search template', format('%I.%I', s.nspname, x.tmplname), NULL, 'pg_catalog.pg_ts_template'::regclass::oid::bigint, x.oid::bigint,
       jsonb_build_object('functions', concat_ws(' ', x.tmplinit, x.tmpllexize))
FROM pg_catalog.pg_ts_template x JOIN space s ON s.oid = x.tmplnamespace
WHERE NOT EXISTS (SELECT FROM member m WHERE m.classid = 'pg_catalog.pg_ts_template'::regclass AND m.objid = x.oid)
