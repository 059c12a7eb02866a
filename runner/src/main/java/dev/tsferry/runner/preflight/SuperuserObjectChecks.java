package dev.tsferry.runner.preflight;

import dev.tsferry.runner.postgres.Session;
import java.util.List;

/**
 * What of the source only a superuser can create, which a service's owner is not. Warnings: the
 * dump goes without such an object, or its statement is refused by name, and the report says so.
 */
final class SuperuserObjectChecks {
  private static final String DOING = "looking for objects that only a superuser can create";

  private final Session source;
  private final Findings findings;

  SuperuserObjectChecks(Session source, Findings findings) {
    this.source = source;
    this.findings = findings;
  }

  void check() {
    objects(
        "event-trigger",
        "select quote_ident(e.evtname) from pg_catalog.pg_event_trigger e where %s"
            .formatted(UserObjects.notOfExtension("pg_event_trigger", "e.oid")),
        "event trigger",
        "only a superuser can create event triggers; it stays behind");
    objects(
        "untrusted-language",
        """
        select p.oid::regprocedure::text || ' in ' || l.lanname
          from pg_catalog.pg_proc p join pg_catalog.pg_namespace n on n.oid = p.pronamespace
          join pg_catalog.pg_language l on l.oid = p.prolang
         where not l.lanpltrusted and p.prokind <> 'a'
           -- A range type brings its constructors along.
           and not exists (select from pg_catalog.pg_depend d
                            where d.classid = 'pg_catalog.pg_proc'::regclass and d.objid = p.oid
                              and d.deptype = 'i')
           and %s and %s
        """
            .formatted(UserObjects.SCHEMA, UserObjects.notOfExtension("pg_proc", "p.oid")),
        "function",
        "only a superuser can create functions in this language");
    objects(
        "leakproof-function",
        """
        select p.oid::regprocedure::text
          from pg_catalog.pg_proc p join pg_catalog.pg_namespace n on n.oid = p.pronamespace
         where p.proleakproof and %s and %s
        """
            .formatted(UserObjects.SCHEMA, UserObjects.notOfExtension("pg_proc", "p.oid")),
        "function",
        "only a superuser can say that a function is LEAKPROOF");
    objects(
        "base-type",
        """
        select t.oid::regtype::text
          from pg_catalog.pg_type t join pg_catalog.pg_namespace n on n.oid = t.typnamespace
         where t.typtype = 'b' and t.typcategory <> 'A' and %s and %s
        """
            .formatted(UserObjects.SCHEMA, UserObjects.notOfExtension("pg_type", "t.oid")),
        "type",
        "only a superuser can create base types");
    operatorClasses();
    catalogues();
    objects(
        "cast-without-function",
        """
        select format('%%s as %%s', c.castsource::regtype, c.casttarget::regtype)
          from pg_catalog.pg_cast c where c.castmethod <> 'f' and c.oid >= 16384 and %s
        """
            .formatted(UserObjects.notOfExtension("pg_cast", "c.oid")),
        "cast",
        "only a superuser can create a cast without a function");
  }

  private void operatorClasses() {
    for (String kind : List.of("class", "family")) {
      String prefix = kind.equals("class") ? "opc" : "opf";
      String catalog = kind.equals("class") ? "pg_opclass" : "pg_opfamily";
      objects(
          "operator-" + kind,
          """
          select format('%%I.%%I', n.nspname, o.%1$sname)
            from pg_catalog.%2$s o join pg_catalog.pg_namespace n on n.oid = o.%1$snamespace
           where %3$s and %4$s
          """
              .formatted(
                  prefix,
                  catalog,
                  UserObjects.SCHEMA,
                  UserObjects.notOfExtension(catalog, "o.oid")),
          "operator " + kind,
          "only a superuser can create operator classes and families");
    }
  }

  private void catalogues() {
    simple("access-method", "pg_am", "amname", "access method");
    simple("foreign-data-wrapper", "pg_foreign_data_wrapper", "fdwname", "foreign-data wrapper");
    simple("text-search-parser", "pg_ts_parser", "prsname", "text search parser");
    simple("text-search-template", "pg_ts_template", "tmplname", "text search template");
    simple("language", "pg_language", "lanname", "language");
  }

  private void simple(String code, String catalog, String column, String what) {
    objects(
        code,
        "select quote_ident(o.%s) from pg_catalog.%s o where o.oid >= 16384 and %s"
            .formatted(column, catalog, UserObjects.notOfExtension(catalog, "o.oid")),
        what,
        "only a superuser can create one of these");
  }

  private void objects(String code, String sql, String what, String cause) {
    for (String name : source.list(DOING, sql + " order by 1 limit 50", row -> row.getString(1))) {
      findings.warning(
          code,
          what + " " + name,
          cause,
          "drop it from the source if it is not needed, or ask the target's support to create it");
    }
  }
}
