package dev.tsferry.runner.verify;

import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.plan.outcome.MigrationException;
import dev.tsferry.runner.postgres.Session;
import java.util.Optional;

/**
 * Digests that the server makes where it stands, of what an equal number says too little about: a
 * materialized view, which the target fills anew, and large objects.
 *
 * <p>A digest is a sum of hashes, so it depends on each row and each repetition but not on their
 * order, nor on that of the columns, nor on the database's encoding.
 */
final class ContentDigest {
  private static final String SETTINGS =
      """
      select pg_catalog.set_config('datestyle', 'ISO, YMD', false), pg_catalog.set_config('intervalstyle', 'postgres', false),
             pg_catalog.set_config('timezone', 'UTC', false), pg_catalog.set_config('bytea_output', 'hex', false),
             pg_catalog.set_config('extra_float_digits', '1', false), pg_catalog.set_config('lc_monetary', 'C', false)
      """;

  // In pieces, since one large object may be larger than a value can be.
  private static final String LARGE_OBJECTS =
      """
      with recursive piece(oid, at, bytes, digest) as (
        select o.oid, 0::bigint, pg_catalog.octet_length(d.data), pg_catalog.hashtextextended(pg_catalog.md5(d.data), o.oid::bigint)
          from pg_catalog.pg_largeobject_metadata o
               cross join lateral (select pg_catalog.lo_get(o.oid, 0, 1048576) offset 0) d(data)
        union all
        select p.oid, p.at + 1048576, pg_catalog.octet_length(d.data),
               pg_catalog.hashtextextended(pg_catalog.md5(d.data), p.oid::bigint + p.at + 1048576)
          from piece p cross join lateral (select pg_catalog.lo_get(p.oid, p.at + 1048576, 1048576) offset 0) d(data)
         where p.bytes = 1048576)
      select pg_catalog.coalesce(pg_catalog.sum(digest::numeric), 0)::text from piece
      """
          .replace("pg_catalog.coalesce", "coalesce");

  private final Session session;

  /**
   * @param session whose settings for the writing of values are pinned
   */
  ContentDigest(Session session) {
    this.session = session;
    session.execute("comparing contents", SETTINGS);
  }

  /** Of the rows that a materialized view holds. */
  String ofView(Relation view) {
    return of(view, view.quoted());
  }

  /** Of the rows that a materialized view would hold if it were filled now. */
  String ofDefinition(Relation view, String query) {
    return of(view, "(" + query + ")");
  }

  /** Of the contents of all large objects; empty where this user may not read one of them. */
  Optional<String> ofLargeObjects() {
    try {
      return Optional.of(session.text("reading large objects", LARGE_OBJECTS));
    } catch (MigrationException e) {
      if (e.code() == ErrorCode.CANCELLED) {
        throw e;
      }
      return Optional.empty();
    }
  }

  private String of(Relation view, String rows) {
    String columns =
        session.text(
            "listing the columns of " + view.name(),
            """
            select pg_catalog.string_agg(format('v.%I', attname), ', ' order by attname collate "C")
              from pg_catalog.pg_attribute
             where attrelid = ?::regclass and attnum > 0 and not attisdropped
            """,
            view.quoted());
    return session.text(
        "comparing the content of " + view.name(),
        """
        select coalesce(pg_catalog.sum(pg_catalog.hashtextextended(pg_catalog.encode(pg_catalog.convert_to(row(%s)::text, 'UTF8'), 'hex') collate "C", 0)::numeric), 0)::text from %s v
        """
            .formatted(columns == null ? "" : columns, rows));
  }
}
