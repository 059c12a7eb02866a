package dev.tsferry.runner.stream.table;

import dev.tsferry.runner.postgres.Session;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which types may go in binary format: those whose bytes hold values alone, and mean the same on
 * the other side. Arrays and composite types write object ids of their elements, which only the
 * system's own types have in common; {@code reg*} types are object ids.
 *
 * @see <a
 *     href="https://github.com/postgres/postgres/blob/REL_17_STABLE/src/backend/utils/adt/arrayfuncs.c">array_send</a>
 */
final class ColumnTypes {
  private static final String DOING = "reading the source's types";
  // Below it ids are given by hand and never change; above, initdb or a user gave them.
  private static final long FIRST_ID_NOT_FIXED = 10_000;
  private static final long BPCHAR = 1042;
  private static final long JSONB = 3802;
  private static final long TSVECTOR = 3614;
  // XML's binary form writes another encoding into the document than the one that it has.
  private static final Set<String> NOT_BY_VALUE =
      Set.of(
          "regproc",
          "regprocedure",
          "regoper",
          "regoperator",
          "regclass",
          "regcollation",
          "regtype",
          "regrole",
          "regnamespace",
          "regconfig",
          "regdictionary",
          "regdatabase",
          "aclitem",
          "pg_node_tree",
          "pg_ddl_command",
          "pg_ndistinct",
          "pg_dependencies",
          "pg_mcv_list",
          "xml");

  private final Map<Long, Type> types = new HashMap<>();
  private final Map<Long, List<Long>> fields = new HashMap<>();
  private final Map<String, String> targetExtensions = new HashMap<>();
  private final Map<Long, Optional<String>> known = new HashMap<>();

  /** What the catalogue says of a type. */
  private record Type(
      long oid,
      String name,
      String kind,
      boolean array,
      long element,
      long base,
      long relation,
      long subtype,
      boolean binary,
      String extension,
      String version) {}

  ColumnTypes(Session source, Session target) {
    source.list(DOING, sql(source), this::add);
    source.list(
        DOING,
        """
        select a.attrelid, a.atttypid
          from pg_catalog.pg_attribute a join pg_catalog.pg_class c on c.oid = a.attrelid
         where c.relkind = 'c' and a.attnum > 0 and not a.attisdropped
         order by a.attrelid, a.attnum
        """,
        row -> fields.computeIfAbsent(row.getLong(1), k -> new ArrayList<>()).add(row.getLong(2)));
    target.list(
        "reading the target's extensions",
        "select extname, extversion from pg_catalog.pg_extension",
        row -> targetExtensions.put(row.getString(1), row.getString(2)));
  }

  private static String sql(Session source) {
    boolean multiranges =
        source.isTrue(DOING, "select current_setting('server_version_num')::int >= 140000");
    String subtype =
        multiranges
            ? "(select coalesce(max(r.rngsubtype::oid::bigint), 0) from pg_catalog.pg_range r"
                + " where t.oid in (r.rngtypid, r.rngmultitypid))"
            : "(select coalesce(max(r.rngsubtype::oid::bigint), 0) from pg_catalog.pg_range r"
                + " where t.oid = r.rngtypid)";
    return """
        select t.oid, format_type(t.oid, null), t.typtype, t.typelem <> 0 and t.typlen = -1,
               t.typelem, t.typbasetype, t.typrelid, %s, t.typsend <> 0 and t.typreceive <> 0,
               e.extname, e.extversion
          from pg_catalog.pg_type t
          left join pg_catalog.pg_depend d on d.classid = 'pg_catalog.pg_type'::regclass
           and d.objid = t.oid and d.deptype = 'e'
          left join pg_catalog.pg_extension e on e.oid = d.refobjid
        """
        .formatted(subtype);
  }

  private Type add(java.sql.ResultSet row) throws java.sql.SQLException {
    Type type =
        new Type(
            row.getLong(1),
            row.getString(2),
            row.getString(3),
            row.getBoolean(4),
            row.getLong(5),
            row.getLong(6),
            row.getLong(7),
            row.getLong(8),
            row.getBoolean(9),
            row.getString(10),
            row.getString(11));
    types.put(type.oid(), type);
    return type;
  }

  /** Whether values are padded to a length: char(n), and domains of it. */
  boolean isPadded(long oid) {
    Type type = types.get(oid);
    return oid == BPCHAR || (type != null && type.kind().equals("d") && isPadded(type.base()));
  }

  /** Whether and how the type, or what it is a domain of, orders keys. */
  Optional<KeyOrder.Kind> keyOrder(long oid) {
    Type type = types.get(oid);
    if (type == null) {
      return Optional.empty();
    }
    if (type.kind().equals("d")) {
      return keyOrder(type.base());
    }
    if ("hstore".equals(type.extension()) && !type.array()) {
      return Optional.of(KeyOrder.Kind.HSTORE);
    }
    if (oid == TSVECTOR) {
      return Optional.of(KeyOrder.Kind.TSVECTOR);
    }
    return oid == JSONB ? Optional.of(KeyOrder.Kind.JSONB) : Optional.empty();
  }

  /** Why a type can't go in binary, or empty if it can. */
  Optional<String> notBinary(long oid) {
    return notBinary(oid, new HashSet<>());
  }

  private Optional<String> notBinary(long oid, Set<Long> above) {
    Optional<String> before = known.get(oid);
    if (before != null) {
      return before;
    }
    Type type = types.get(oid);
    if (type == null || !above.add(oid)) {
      return Optional.of("a type that is not understood");
    }
    Optional<String> reason =
        switch (type.kind()) {
          case "d" -> notBinary(type.base(), above);
          case "r", "m" -> notBinary(type.subtype(), above);
          case "c" -> composite(type, above);
          case "e" -> Optional.empty();
          default -> base(type, above);
        };
    above.remove(oid);
    known.put(oid, reason);
    return reason;
  }

  private Optional<String> base(Type type, Set<Long> above) {
    if (!type.binary()) {
      return Optional.of("type " + type.name() + " has no binary format");
    }
    if (type.array()) {
      return type.element() >= FIRST_ID_NOT_FIXED
          ? Optional.of("type " + type.name() + " writes its elements' object id")
          : notBinary(type.element(), above);
    }
    if (type.extension() != null) {
      return type.version().equals(targetExtensions.get(type.extension()))
          ? Optional.empty()
          : Optional.of("extension %s has another version".formatted(type.extension()));
    }
    if (type.oid() >= FIRST_ID_NOT_FIXED) {
      return Optional.of("type " + type.name() + " is of the user's own making");
    }
    return NOT_BY_VALUE.contains(type.name())
        ? Optional.of("type " + type.name() + " does not go by value")
        : Optional.empty();
  }

  private Optional<String> composite(Type type, Set<Long> above) {
    for (long field : fields.getOrDefault(type.relation(), List.of())) {
      if (field >= FIRST_ID_NOT_FIXED) {
        return Optional.of("type " + type.name() + " writes its fields' object ids");
      }
      Optional<String> reason = notBinary(field, above);
      if (reason.isPresent()) {
        return reason;
      }
    }
    // A table's row type counts as unknown here: its fields are not those of a composite type.
    return fields.containsKey(type.relation())
        ? Optional.empty()
        : Optional.of("type " + type.name() + " is the row of a table");
  }
}
