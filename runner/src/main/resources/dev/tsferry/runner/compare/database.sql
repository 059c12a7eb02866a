-- What belongs to the database itself and to no schema. The options of servers and of user mappings may hold passwords.
SELECT 'schema', quote_ident(s.nspname), NULL, 'pg_catalog.pg_namespace'::regclass::oid::bigint, s.oid::bigint, '{}'::jsonb FROM space s
UNION ALL
SELECT 'extension', quote_ident(e.extname), NULL, 'pg_catalog.pg_extension'::regclass::oid::bigint, e.oid::bigint,
       jsonb_build_object('version', e.extversion, 'schema', e.extnamespace::regnamespace::text)
FROM pg_catalog.pg_extension e WHERE e.extname <> 'plpgsql'
UNION ALL
SELECT 'language', quote_ident(x.lanname), NULL, 'pg_catalog.pg_language'::regclass::oid::bigint, x.oid::bigint,
       jsonb_build_object('trusted', x.lanpltrusted, 'functions', concat_ws(' ', x.lanplcallfoid::regproc, x.laninline::regproc, x.lanvalidator::regproc))
FROM pg_catalog.pg_language x
WHERE x.oid >= 16384 AND NOT EXISTS (SELECT FROM member m WHERE m.classid = 'pg_catalog.pg_language'::regclass AND m.objid = x.oid)
UNION ALL
SELECT 'access method', quote_ident(x.amname), NULL, 'pg_catalog.pg_am'::regclass::oid::bigint, x.oid::bigint,
       jsonb_build_object('handler', x.amhandler::text, 'type', x.amtype)
FROM pg_catalog.pg_am x
WHERE x.oid >= 16384 AND NOT EXISTS (SELECT FROM member m WHERE m.classid = 'pg_catalog.pg_am'::regclass AND m.objid = x.oid)
UNION ALL
SELECT 'transform', format('for %s language %I', x.trftype::regtype, (SELECT lanname FROM pg_catalog.pg_language l WHERE l.oid = x.trflang)), NULL, 'pg_catalog.pg_transform'::regclass::oid::bigint, x.oid::bigint,
       jsonb_build_object('functions', concat_ws(' ', x.trffromsql::regprocedure, x.trftosql::regprocedure))
FROM pg_catalog.pg_transform x
WHERE x.oid >= 16384 AND NOT EXISTS (SELECT FROM member m WHERE m.classid = 'pg_catalog.pg_transform'::regclass AND m.objid = x.oid)
UNION ALL
SELECT 'foreign data wrapper', quote_ident(x.fdwname), NULL, 'pg_catalog.pg_foreign_data_wrapper'::regclass::oid::bigint, x.oid::bigint,
       jsonb_build_object('functions', concat_ws(' ', x.fdwhandler::regproc, x.fdwvalidator::regproc), 'options', array_to_string(x.fdwoptions, ', '))
FROM pg_catalog.pg_foreign_data_wrapper x
WHERE NOT EXISTS (SELECT FROM member m WHERE m.classid = 'pg_catalog.pg_foreign_data_wrapper'::regclass AND m.objid = x.oid)
UNION ALL
SELECT 'foreign server', quote_ident(x.srvname), NULL, 'pg_catalog.pg_foreign_server'::regclass::oid::bigint, x.oid::bigint,
       jsonb_build_object('wrapper', w.fdwname, 'type', x.srvtype, 'version', x.srvversion, 'options', md5(array_to_string(x.srvoptions, ', ')))
FROM pg_catalog.pg_foreign_server x JOIN pg_catalog.pg_foreign_data_wrapper w ON w.oid = x.srvfdw
WHERE NOT EXISTS (SELECT FROM member m WHERE m.classid = 'pg_catalog.pg_foreign_server'::regclass AND m.objid = x.oid)
UNION ALL
SELECT 'user mapping', format('for %s server %I', CASE WHEN x.umuser = 0 THEN 'public' WHEN x.usename = current_user THEN '(owner)' ELSE quote_ident(x.usename) END, x.srvname),
       NULL, 'pg_catalog.pg_user_mapping'::regclass::oid::bigint, x.umid::bigint, '{}'
FROM pg_catalog.pg_user_mappings x
UNION ALL
SELECT 'event trigger', quote_ident(x.evtname), NULL, 'pg_catalog.pg_event_trigger'::regclass::oid::bigint, x.oid::bigint,
       jsonb_build_object('event', x.evtevent, 'tags', array_to_string(x.evttags, ', '), 'function', x.evtfoid::regprocedure::text, 'enabled', x.evtenabled)
FROM pg_catalog.pg_event_trigger x
WHERE NOT EXISTS (SELECT FROM member m WHERE m.classid = 'pg_catalog.pg_event_trigger'::regclass AND m.objid = x.oid)
UNION ALL
SELECT 'publication', quote_ident(x.pubname), NULL, 'pg_catalog.pg_publication'::regclass::oid::bigint, x.oid::bigint,
       jsonb_build_object('all tables', x.puballtables, 'publishes', concat_ws(' ', x.pubinsert, x.pubupdate, x.pubdelete, x.pubtruncate, x.pubviaroot),
         'tables', (SELECT string_agg(r.prrelid::regclass::text, ', ' ORDER BY r.prrelid::regclass::text) FROM pg_catalog.pg_publication_rel r WHERE r.prpubid = x.oid))
FROM pg_catalog.pg_publication x
UNION ALL
SELECT 'subscription', quote_ident(x.subname), NULL, 'pg_catalog.pg_subscription'::regclass::oid::bigint, x.oid::bigint, jsonb_build_object('enabled', x.subenabled)
FROM pg_catalog.pg_subscription x WHERE x.subdbid = (SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database())
UNION ALL
SELECT 'large objects', 'all', NULL, 'pg_catalog.pg_largeobject'::regclass::oid::bigint, 0,
       jsonb_build_object('number', count(*), 'names', md5(string_agg(x.oid::text, ',' ORDER BY x.oid))) FROM pg_catalog.pg_largeobject_metadata x
UNION ALL
SELECT 'comment', 'database', NULL, 'pg_catalog.pg_database'::regclass::oid::bigint, d.objoid::bigint, jsonb_build_object('text', d.description)
FROM pg_catalog.pg_shdescription d WHERE d.classoid = 'pg_catalog.pg_database'::regclass
  AND d.objoid = (SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database())
UNION ALL
SELECT 'security label', format('%s %s', x.objtype, x.objname), NULL, x.classoid::bigint, x.objoid::bigint, jsonb_build_object('label', x.provider || ': ' || x.label)
FROM pg_catalog.pg_seclabels x WHERE x.classoid NOT IN ('pg_catalog.pg_database'::regclass, 'pg_catalog.pg_authid'::regclass, 'pg_catalog.pg_tablespace'::regclass)
