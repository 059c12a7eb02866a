-- Roles, memberships and settings, as lines of a thing and a value, the same on every version.
select to_json('role ' || rolname),
       concat_ws(' ', case when rolsuper then 'superuser' end, case when rolcreaterole then 'createrole' end,
         case when rolcreatedb then 'createdb' end, case when rolcanlogin then 'login' end,
         case when not rolinherit then 'noinherit' end, case when rolreplication then 'replication' end,
         case when rolbypassrls then 'bypassrls' end, 'connections ' || rolconnlimit, 'until ' || rolvaliduntil)
from pg_roles where rolname !~ '^pg_'
union all
select to_json('comment on role ' || rolname), to_json(description)::text
from pg_shdescription join pg_roles r on r.oid = objoid where classoid = 'pg_authid'::regclass and rolname !~ '^pg_'
union all
select to_json(format('setting of %s', coalesce('role ' || rolname, 'the database') || case when datname is not null and rolname is not null then ' in the database' else '' end)),
       to_json(unnest(setconfig))::text
from pg_db_role_setting left join pg_database d on d.oid = setdatabase left join pg_roles r on r.oid = setrole
where setdatabase = 0 or datname = current_database()
union all
select to_json(format('member %s of %s', m.rolname, r.rolname)), concat_ws(' ', :membership)
from pg_auth_members a join pg_roles m on m.oid = a.member join pg_roles r on r.oid = a.roleid
group by m.rolname, r.rolname, m.rolinherit
order by 2;
