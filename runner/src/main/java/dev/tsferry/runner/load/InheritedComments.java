package dev.tsferry.runner.load;

import dev.tsferry.runner.dump.SchemaStatement;
import dev.tsferry.runner.postgres.Session;
import dev.tsferry.runner.preflight.UserObjects;
import java.util.List;

/**
 * Comments that pg_dump forgets: those on a constraint that a table has from its parent.
 *
 * @see <a
 *     href="https://github.com/postgres/postgres/blob/REL_17_STABLE/src/bin/pg_dump/pg_dump.c">dumpTableSchema,
 *     which writes comments of separate and local constraints only</a>
 */
public final class InheritedComments {
  private InheritedComments() {}

  /** The statements that make them. */
  public static List<SchemaStatement> statements(Session source) {
    return source
        .list(
            "looking for comments that pg_dump leaves out",
            """
            select format('COMMENT ON CONSTRAINT %%I ON %%I.%%I IS %%L;', k.conname, n.nspname, c.relname, d.description)
              from pg_catalog.pg_constraint k
              join pg_catalog.pg_class c on c.oid = k.conrelid
              join pg_catalog.pg_namespace n on n.oid = c.relnamespace
              join pg_catalog.pg_description d on d.classoid = 'pg_catalog.pg_constraint'::regclass and d.objoid = k.oid
             where k.contype = 'c' and not k.conislocal and %s
            """
                .formatted(UserObjects.SCHEMA),
            row -> row.getString(1))
        .stream()
        .map(SchemaStatement::new)
        .toList();
  }
}
