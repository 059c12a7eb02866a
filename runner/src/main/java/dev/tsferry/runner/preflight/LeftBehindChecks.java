package dev.tsferry.runner.preflight;

import dev.tsferry.runner.postgres.Session;
import java.util.List;

/** What of the source stays behind, or arrives as something else than it was. */
final class LeftBehindChecks {
  private static final String DOING = "looking at what stays behind";

  private final Session source;
  private final Findings findings;

  LeftBehindChecks(Session source, Findings findings) {
    this.source = source;
    this.findings = findings;
  }

  void publications() {
    for (String name :
        names("select format('%I', pubname) from pg_catalog.pg_publication order by 1")) {
      findings.warning(
          "publication",
          "publication " + name,
          "it stays behind; its subscribers get nothing from the target",
          "create it on the target after the migration, and let the subscribers copy anew");
    }
  }

  // Of its columns only the connection string is hidden from ordinary users.
  void subscriptions() {
    for (String name :
        names(
            """
            select format('%I', s.subname) from pg_catalog.pg_subscription s
             where s.subdbid = (select oid from pg_catalog.pg_database where datname = current_database())
             order by 1
            """)) {
      findings.warning(
          "subscription",
          "subscription " + name,
          "it stays behind, and until it is disabled it goes on writing to the source",
          "ALTER SUBSCRIPTION %s DISABLE; before the migration".formatted(name));
    }
  }

  void replicationSlots() {
    source.list(
        DOING,
        """
        select format('%I', slot_name), active, coalesce(plugin::text, slot_type)
          from pg_catalog.pg_replication_slots
         where database is null or database = current_database() order by 1
        """,
        row -> {
          findings.info(
              "replication-slot",
              "replication slot " + row.getString(1),
              "%s, %s; what reads it gets nothing from the target"
                  .formatted(
                      row.getString(3), row.getBoolean(2) ? "in use" : "not in use, it keeps WAL"),
              "point its reader to the target after the migration");
          return 0;
        });
  }

  void securityLabels() {
    long labels = source.number(DOING, "select count(*) from pg_catalog.pg_seclabels");
    if (labels > 0) {
      findings.warning(
          "security-label",
          "source",
          "%d security labels stay behind; the target has no provider for them".formatted(labels),
          "see that nothing relies on them, such as masking rules");
    }
  }

  void tablespaces() {
    List<String> tables =
        names(
            """
            select format('%%I.%%I in %%I', n.nspname, c.relname, t.spcname)
              from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
              join pg_catalog.pg_tablespace t on t.oid = c.reltablespace
             where c.reltablespace <> 0 and %s order by 1
            """
                .formatted(UserObjects.SCHEMA));
    if (!tables.isEmpty()) {
      findings.warning(
          "tablespace",
          Findings.some(tables),
          "tablespaces stay behind; these tables and indexes lie in the default one on the target",
          "");
    }
  }

  void foreignTables() {
    for (String name :
        names(
            """
            select format('%%I.%%I on server %%I', n.nspname, c.relname, s.srvname)
              from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
              join pg_catalog.pg_foreign_table f on f.ftrelid = c.oid
              join pg_catalog.pg_foreign_server s on s.oid = f.ftserver
             where %s order by 1 limit 50
            """
                .formatted(UserObjects.SCHEMA))) {
      findings.warning(
          "foreign-table",
          "foreign table " + name,
          "its rows are elsewhere and are not carried; the target must reach its server, with user mappings of its own",
          "see that the target may connect to that server, and set the password of its user mapping");
    }
  }

  void unloggedTables() {
    List<String> tables =
        names(
            """
            select format('%%I.%%I', n.nspname, c.relname)
              from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
             where c.relkind = 'r' and c.relpersistence = 'u' and %s order by 1
            """
                .formatted(UserObjects.SCHEMA));
    if (!tables.isEmpty()) {
      findings.info(
          "unlogged-table",
          Findings.some(tables),
          "unlogged; carried with their rows, but a crash of the target empties them and its replicas never have them");
    }
  }

  void largeObjects() {
    long count = source.number(DOING, "select count(*) from pg_catalog.pg_largeobject_metadata");
    if (count > 0) {
      findings.info(
          "large-objects", "source", "%,d large objects are carried one by one".formatted(count));
    }
  }

  void materializedViews() {
    List<String> views =
        names(
            """
            select format('%%I.%%I', n.nspname, c.relname)
              from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
             where c.relkind = 'm' and c.relispopulated and %s and %s order by 1
            """
                .formatted(UserObjects.SCHEMA, UserObjects.notOfExtension("pg_class", "c.oid")));
    if (!views.isEmpty()) {
      findings.info(
          "materialized-view",
          Findings.some(views),
          "filled anew on the target, which takes as long as their queries do");
    }
  }

  void otherDatabases() {
    List<String> databases =
        names(
            """
            select format('%I', datname) from pg_catalog.pg_database
             where not datistemplate and datallowconn and datname <> current_database()
               and datname not in ('postgres', 'rdsadmin') order by 1
            """);
    if (!databases.isEmpty()) {
      findings.warning(
          "other-databases",
          Findings.some(databases),
          "the source's server has them too; a service holds one database",
          "carry each to a service of its own, or merge them into schemas of one database first");
    }
  }

  private List<String> names(String sql) {
    return source.list(DOING, sql, row -> row.getString(1));
  }
}
