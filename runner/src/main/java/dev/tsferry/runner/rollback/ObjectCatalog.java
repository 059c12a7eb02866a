package dev.tsferry.runner.rollback;

import dev.tsferry.runner.postgres.Session;
import dev.tsferry.runner.preflight.UserObjects;
import dev.tsferry.runner.timescaledb.JobTable;
import dev.tsferry.runner.timescaledb.TimescaleExtension;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Lists a database's objects, but those of the system, of extensions, and parts of others. */
final class ObjectCatalog {
  private static final String DOING = "listing the objects of the %s";

  /**
   * Where TimescaleDB keeps chunks, and what is behind continuous aggregates. A chunk that lies
   * elsewhere is said to be here too, since it comes and goes with its hypertable.
   */
  static final String CHUNK_SCHEMA = "_timescaledb_internal";

  private static final String RELATIONS = "pg_class";
  private static final String WITH_CHUNKS =
      "(%s or n.nspname = '%s')".formatted(UserObjects.SCHEMA, CHUNK_SCHEMA);

  // Catalogue, the column with the schema or nothing, and which of its rows.
  private static final List<List<String>> CATALOGUES =
      List.of(
          List.of(
              RELATIONS,
              "relnamespace",
              "o.relkind in ('r', 'p', 'v', 'm', 'S', 'f') and o.relpersistence <> 't'"),
          List.of("pg_proc", "pronamespace", "true"),
          // Array and multirange types and those of tables come and go with others.
          List.of(
              "pg_type",
              "typnamespace",
              "(o.typtype in ('b', 'e', 'd', 'r') and o.typcategory <> 'A' or exists"
                  + " (select from pg_catalog.pg_class r where r.oid = o.typrelid and r.relkind = 'c'))"),
          List.of("pg_operator", "oprnamespace", "true"),
          List.of("pg_opclass", "opcnamespace", "true"),
          List.of("pg_opfamily", "opfnamespace", "true"),
          List.of("pg_collation", "collnamespace", "true"),
          List.of("pg_conversion", "connamespace", "true"),
          List.of("pg_ts_config", "cfgnamespace", "true"),
          List.of("pg_ts_dict", "dictnamespace", "true"),
          List.of("pg_ts_parser", "prsnamespace", "true"),
          List.of("pg_ts_template", "tmplnamespace", "true"),
          List.of("pg_statistic_ext", "stxnamespace", "true"),
          List.of("pg_extension", "", "true"),
          List.of("pg_cast", "", "o.oid >= 16384"),
          List.of("pg_transform", "", "o.oid >= 16384"),
          List.of("pg_language", "", "o.oid >= 16384"),
          List.of("pg_am", "", "o.oid >= 16384"),
          List.of("pg_foreign_data_wrapper", "", "true"),
          List.of("pg_foreign_server", "", "true"),
          List.of("pg_event_trigger", "", "true"),
          List.of("pg_publication", "", "true"));

  private ObjectCatalog() {}

  /** Every schema, everything in one, and everything that is in none; roles too. */
  static Set<DatabaseObject> of(Session session) {
    StringBuilder sql =
        new StringBuilder(
            """
            select i.type,
                   case when x.classid = 'pg_catalog.pg_class'::regclass
                             and exists (select from pg_catalog.pg_class c where c.oid = x.oid and %s)
                        then '%s' else coalesce(i.schema, '') end, i.identity
              from (select 'pg_catalog.pg_namespace'::regclass as classid, n.oid
                      from pg_catalog.pg_namespace n where %s
            """
                .formatted(UserObjects.chunk(session), CHUNK_SCHEMA, UserObjects.SCHEMA));
    for (List<String> catalogue : CATALOGUES) {
      String name = catalogue.get(0);
      sql.append(
          " union all select 'pg_catalog.%s'::regclass, o.oid from pg_catalog.%s o"
              .formatted(name, name));
      if (!catalogue.get(1).isEmpty()) {
        sql.append(
            " join pg_catalog.pg_namespace n on n.oid = o.%s and %s"
                .formatted(
                    catalogue.get(1), name.equals(RELATIONS) ? WITH_CHUNKS : UserObjects.SCHEMA));
      }
      sql.append(" where ").append(catalogue.get(2));
    }
    sql.append(
        """
        ) x, lateral pg_catalog.pg_identify_object(x.classid, x.oid, 0) i
         where not exists (select from pg_catalog.pg_depend e where e.deptype in ('e', 'i')
                            and e.classid = x.classid and e.objid = x.oid)
        union all
        select 'role', '', quote_ident(rolname) from pg_catalog.pg_roles where rolname !~ '^pg_'
        union all
        select 'large object', '', oid::text from pg_catalog.pg_largeobject_metadata
        """);
    if (TimescaleExtension.of(session).isPresent()) {
      sql.append(
          " union all select 'job', '', id::text from %s where id >= %d"
              .formatted(JobTable.of(session).quoted(), JobTable.FIRST_USER_JOB));
    }
    return new LinkedHashSet<>(
        session.list(
            DOING.formatted(session.side().word()),
            sql.toString(),
            row -> new DatabaseObject(row.getString(1), row.getString(2), row.getString(3))));
  }
}
