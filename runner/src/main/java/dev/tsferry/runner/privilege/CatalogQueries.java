package dev.tsferry.runner.privilege;

import dev.tsferry.runner.preflight.UserObjects;

/**
 * The questions to the catalogue, the same on every version from 12 on. They are asked with {@code
 * quote_all_identifiers} on, so that a name is quoted alike by servers that know different
 * keywords.
 *
 * @see <a
 *     href="https://www.postgresql.org/docs/current/catalog-pg-init-privs.html">pg_init_privs</a>
 */
final class CatalogQueries {
  // The type codes of acldefault(): r relation, s sequence, f function, T type, n schema,
  // d database, l language, F wrapper, S server, L large object.
  private static final String FOUND =
      """
      with found(class, oid, kind, schema, owner, acl, acltype, ownable) as (
        select 'pg_class'::regclass::oid, c.oid,
               case c.relkind when 'S' then 'SEQUENCE' when 'v' then 'VIEW'
                 when 'm' then 'MATERIALIZED_VIEW' when 'f' then 'FOREIGN_TABLE' else 'TABLE' end,
               c.relnamespace, c.relowner, c.relacl,
               case c.relkind when 'S' then 's' else 'r' end::"char",
               c.relkind <> 'S' or not exists (
                 select from pg_catalog.pg_depend d
                  where d.classid = 'pg_class'::regclass and d.objid = c.oid
                    and d.refclassid = 'pg_class'::regclass and d.deptype in ('a', 'i'))
          from pg_catalog.pg_class c
         where c.relkind in ('r', 'p', 'v', 'm', 'f', 'S') and c.relpersistence <> 't' and not {chunk}
        union all
        select 'pg_proc'::regclass, p.oid, 'ROUTINE', p.pronamespace, p.proowner, p.proacl, 'f', true
          from pg_catalog.pg_proc p
        union all
        select 'pg_type'::regclass, t.oid, case t.typtype when 'd' then 'DOMAIN' else 'TYPE' end,
               t.typnamespace, t.typowner, t.typacl, 'T', true
          from pg_catalog.pg_type t left join pg_catalog.pg_class c on c.oid = t.typrelid
         where t.typtype in ('b', 'c', 'd', 'e', 'r') and (c.oid is null or c.relkind = 'c')
           and not exists (
                 select from pg_catalog.pg_type e where e.oid = t.typelem and e.typarray = t.oid)
        union all
        select 'pg_namespace'::regclass, n.oid, 'SCHEMA', n.oid, n.nspowner, n.nspacl, 'n', true
          from pg_catalog.pg_namespace n
        union all
        select 'pg_database'::regclass, d.oid, 'DATABASE', null, d.datdba, d.datacl, 'd', false
          from pg_catalog.pg_database d where d.datname = current_database()
        union all
        select 'pg_language'::regclass, l.oid, 'LANGUAGE', null, l.lanowner, l.lanacl, 'l', true
          from pg_catalog.pg_language l
        union all
        select 'pg_foreign_data_wrapper'::regclass, w.oid, 'FOREIGN_DATA_WRAPPER', null, w.fdwowner,
               w.fdwacl, 'F', true
          from pg_catalog.pg_foreign_data_wrapper w
        union all
        select 'pg_foreign_server'::regclass, s.oid, 'FOREIGN_SERVER', null, s.srvowner, s.srvacl,
               'S', true
          from pg_catalog.pg_foreign_server s
        union all
        select 'pg_largeobject'::regclass, m.oid, 'LARGE_OBJECT', null, m.lomowner, m.lomacl, 'L', true
          from pg_catalog.pg_largeobject_metadata m
        union all
        select o.class, o.oid, o.kind, o.schema, o.owner, null, null, true
          from (select 'pg_operator'::regclass::oid, oid, 'OPERATOR', oprnamespace, oprowner
                  from pg_catalog.pg_operator
                union all select 'pg_opclass'::regclass, oid, 'OPERATOR_CLASS', opcnamespace, opcowner
                  from pg_catalog.pg_opclass
                union all select 'pg_opfamily'::regclass, oid, 'OPERATOR_FAMILY', opfnamespace, opfowner
                  from pg_catalog.pg_opfamily
                union all select 'pg_collation'::regclass, oid, 'COLLATION', collnamespace, collowner
                  from pg_catalog.pg_collation
                union all select 'pg_conversion'::regclass, oid, 'CONVERSION', connamespace, conowner
                  from pg_catalog.pg_conversion
                union all select 'pg_ts_config'::regclass, oid, 'TEXT_SEARCH_CONFIGURATION', cfgnamespace, cfgowner
                  from pg_catalog.pg_ts_config
                union all select 'pg_ts_dict'::regclass, oid, 'TEXT_SEARCH_DICTIONARY', dictnamespace, dictowner
                  from pg_catalog.pg_ts_dict
                union all select 'pg_statistic_ext'::regclass, oid, 'STATISTICS', stxnamespace, stxowner
                  from pg_catalog.pg_statistic_ext) o(class, oid, kind, schema, owner)
      ), judged as (
        select f.*, n.nspname,
               -- A range type's constructors belong to the server, as what it came with.
               f.kind = 'LANGUAGE' and f.oid < 16384
                 or n.nspname = 'pg_catalog'
                 or exists (select from pg_catalog.pg_depend d
                             where d.classid = f.class and d.objid = f.oid
                               and (d.deptype = 'e' or d.deptype = 'i' and f.kind = 'ROUTINE')) as provided
          from found f left join pg_catalog.pg_namespace n on n.oid = f.schema
      ), wanted as (
        select j.* from judged j
         where case when j.provided
                    then exists (select from pg_catalog.pg_init_privs i
                                  where i.classoid = j.class and i.objoid = j.oid and i.objsubid = 0
                                    and i.initprivs::text <> coalesce(j.acl::text, ''))
                      or j.acl is not null and not exists (
                           select from pg_catalog.pg_init_privs i
                            where i.classoid = j.class and i.objoid = j.oid and i.objsubid = 0)
                      or j.kind in ('TABLE', 'VIEW', 'MATERIALIZED_VIEW', 'FOREIGN_TABLE') and exists (
                           select from pg_catalog.pg_attribute a
                             left join pg_catalog.pg_init_privs i on i.classoid = j.class
                                   and i.objoid = a.attrelid and i.objsubid = a.attnum
                            where a.attrelid = j.oid and a.attacl is not null
                              and a.attacl::text is distinct from i.initprivs::text)
                    else j.schema is null or %s end
      )
      """
          .formatted(UserObjects.SCHEMA.replace("n.nspname", "j.nspname"));

  private static final String OBJECTS =
      FOUND
          + """
          select w.class || '/' || w.oid, w.kind, i.identity,
                 case when w.kind <> 'SCHEMA' then quote_ident(w.nspname) end,
                 coalesce(r.rolname, ''), w.ownable, w.provided
            from wanted w left join pg_catalog.pg_roles r on r.oid = w.owner,
                 pg_catalog.pg_identify_object(w.class, w.oid, 0) i
           where i.identity is not null
           order by w.kind, i.identity
          """;

  private static final String PRIVILEGES =
      FOUND
          + """
          , lists as (
            select w.class, w.oid, null::text as col, false as initial,
                   coalesce(w.acl, pg_catalog.acldefault(w.acltype, w.owner)) as acl
              from wanted w where w.acltype is not null
            union all
            select w.class, w.oid, null, true,
                   coalesce((select i.initprivs from pg_catalog.pg_init_privs i
                              where i.classoid = w.class and i.objoid = w.oid and i.objsubid = 0),
                            pg_catalog.acldefault(w.acltype, w.owner))
              from wanted w where w.acltype is not null and w.provided
            union all
            select w.class, w.oid, quote_ident(a.attname), false, a.attacl
              from wanted w join pg_catalog.pg_attribute a on a.attrelid = w.oid
             where w.class = 'pg_class'::regclass and a.attnum > 0 and not a.attisdropped
               and a.attacl is not null
            union all
            select w.class, w.oid, quote_ident(a.attname), true, i.initprivs
              from wanted w join pg_catalog.pg_attribute a on a.attrelid = w.oid
              join pg_catalog.pg_init_privs i on i.classoid = w.class and i.objoid = w.oid
                   and i.objsubid = a.attnum
             where w.class = 'pg_class'::regclass and a.attnum > 0 and w.provided
          )
          select l.class || '/' || l.oid, l.col, g.rolname, coalesce(e.rolname, ''),
                 string_agg(x.privilege_type || case when x.is_grantable then '*' else '' end, ','
                            order by x.privilege_type), l.initial
            from lists l, pg_catalog.aclexplode(l.acl) x
            join pg_catalog.pg_roles g on g.oid = x.grantor
            left join pg_catalog.pg_roles e on e.oid = x.grantee
           where x.grantee = 0 or e.oid is not null
           group by l.class, l.oid, l.col, l.initial, g.rolname, e.rolname
           order by 1, 2 nulls first, 3, 4
          """;

  /**
   * Role, schema, kind of objects, grantor, grantee, privileges; one row at least for each entry.
   */
  static final String DEFAULTS =
      """
      select o.rolname, quote_ident(n.nspname),
             case d.defaclobjtype when 'r' then 'TABLES' when 'S' then 'SEQUENCES'
               when 'f' then 'FUNCTIONS' when 'T' then 'TYPES' when 'n' then 'SCHEMAS'
               else 'LARGE OBJECTS' end,
             g.rolname, coalesce(e.rolname, ''),
             string_agg(x.privilege_type || case when x.is_grantable then '*' else '' end, ','
                        order by x.privilege_type)
        from pg_catalog.pg_default_acl d
        join pg_catalog.pg_roles o on o.oid = d.defaclrole
        left join pg_catalog.pg_namespace n on n.oid = d.defaclnamespace
        left join lateral pg_catalog.aclexplode(d.defaclacl) x on true
        left join pg_catalog.pg_roles g on g.oid = x.grantor
        left join pg_catalog.pg_roles e on e.oid = x.grantee
       where x.grantee is null or x.grantee = 0 or e.oid is not null
       group by o.rolname, n.nspname, d.defaclobjtype, g.rolname, e.rolname
       order by 1, 2 nulls first, 3, 4, 5
      """;

  /**
   * Place, kind, identity, schema, owner, whether ownable, whether provided.
   *
   * @param chunk condition that a relation is a chunk
   */
  static String objects(String chunk) {
    return OBJECTS.replace("{chunk}", chunk);
  }

  /**
   * Place, column, grantor, grantee, privileges, whether they are the initial ones.
   *
   * @param chunk condition that a relation is a chunk
   */
  static String privileges(String chunk) {
    return PRIVILEGES.replace("{chunk}", chunk);
  }

  /** Role, member, admin, inherit, set. */
  static String memberships(int serverVersion) {
    String options =
        serverVersion >= 160_000
            ? "bool_or(m.inherit_option), bool_or(m.set_option)"
            : "bool_or(u.rolinherit), true";
    return """
        select r.rolname, u.rolname, bool_or(m.admin_option), %s
          from pg_catalog.pg_auth_members m
          join pg_catalog.pg_roles r on r.oid = m.roleid
          join pg_catalog.pg_roles u on u.oid = m.member
         group by r.rolname, u.rolname order by 1, 2
        """
        .formatted(options);
  }

  private CatalogQueries() {}
}
