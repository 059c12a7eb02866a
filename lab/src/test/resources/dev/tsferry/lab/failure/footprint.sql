-- Everything that a run could have created or changed, as a superuser sees it; one line each.
select 'schema ' || nspname || coalesce(nspacl::text, '') || coalesce(obj_description(oid, 'pg_namespace'), '')
  from pg_namespace where nspname !~ '^pg_(toast_)?temp'
union all select 'relation ' || relnamespace::regnamespace || '.' || relname || coalesce(relacl::text, '') from pg_class
  where relnamespace::regnamespace::text !~ '^pg_(toast|temp)'
union all select 'function ' || oid::regprocedure || coalesce(proacl::text, '') from pg_proc
union all select 'type ' || typnamespace::regnamespace || '.' || typname from pg_type
union all select 'role ' || rolname from pg_roles
union all select 'member ' || roleid::regrole || ' ' || member::regrole from pg_auth_members
union all select 'extension ' || extname || ' ' || extversion from pg_extension
union all select 'operator ' || oid::regoperator from pg_operator
union all select 'statistics ' || stxname from pg_statistic_ext
union all select 'large object ' || oid from pg_largeobject_metadata
union all select 'cast ' || castsource::regtype || casttarget::regtype from pg_cast
union all select 'default acl ' || defaclacl::text from pg_default_acl
union all select 'setting ' || coalesce(datname, '') || setrole::regrole || setconfig::text
  from pg_db_role_setting s left join pg_database d on d.oid = s.setdatabase
union all select 'database ' || datname || coalesce(datacl::text, '') || coalesce(shobj_description(oid, 'pg_database'), '') from pg_database
union all select 'comment ' || classoid::regclass || objoid || ' ' || description from pg_description where objoid >= 16384
order by 1
