package dev.tsferry.runner.compare;

import dev.tsferry.plan.report.MigrationReport.Difference;
import dev.tsferry.runner.preflight.SkippedExtensions;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Says of a difference what it means. */
final class Judgement {
  private static final Map<String, String> LEFT_OUT =
      Map.of(
          "publication", "publications are left out; create them again where they are still needed",
          "subscription",
              "subscriptions are left out; a copy of one would take changes away from the source",
          "event trigger", "event triggers need a superuser",
          "security label", "security labels need their provider's library on the target",
          "user mapping", "user mappings hold passwords, which are not carried");
  private static final Set<String> RELATIONS =
      Set.of("table", "materialized view", "index", "foreign table");

  private final Catalogue source;
  private final Catalogue target;
  private final OutOfReach outOfReach;
  private final SkippedExtensions skipped;

  Judgement(Catalogue source, Catalogue target, OutOfReach outOfReach, SkippedExtensions skipped) {
    this.source = source;
    this.target = target;
    this.outOfReach = outOfReach;
    this.skipped = skipped;
  }

  /** A difference of {@code fact}, or of the whole object where that is null. */
  Difference judge(CatalogueObject onSource, CatalogueObject onTarget, String fact, String detail) {
    CatalogueObject one = onSource == null ? onTarget : onSource;
    Optional<String> handedOver = handedOver(onSource, one.key(), fact);
    if (handedOver.isPresent()) {
      return difference(one.key(), detail, Difference.Verdict.HANDED_OVER, handedOver.get());
    }
    Optional<String> expected = expected(onSource, onTarget, fact);
    return expected.isPresent()
        ? difference(one.key(), detail, Difference.Verdict.EXPECTED, expected.get())
        : difference(one.key(), detail, Difference.Verdict.WRONG, null);
  }

  private Optional<String> handedOver(CatalogueObject onSource, ObjectKey key, String fact) {
    if (onSource == null) {
      return Optional.empty();
    }
    Optional<String> reason = outOfReach.reason(onSource);
    if (reason.isPresent()) {
      return reason;
    }
    if (LEFT_OUT.containsKey(key.kind())) {
      return Optional.of(LEFT_OUT.get(key.kind()));
    }
    if (RELATIONS.contains(key.kind()) && "tablespace".equals(fact)) {
      return Optional.of("tablespaces are left out; everything lies in the target's default one");
    }
    if (key.kind().equals("comment")) {
      return comment(key.name());
    }
    return key.kind().equals("extension") ? skipped.reason(key.name()) : Optional.empty();
  }

  private static Optional<String> comment(String name) {
    if (name.equals("database")) {
      return Optional.of("the database's own comment is not in a dump of its content");
    }
    if (name.startsWith("extension ")) {
      return Optional.of("only an extension's owner may comment on it");
    }
    for (String kind : LEFT_OUT.keySet()) {
      if (name.startsWith(kind + " ")) {
        return Optional.of(LEFT_OUT.get(kind));
      }
    }
    return Optional.empty();
  }

  private Optional<String> expected(
      CatalogueObject onSource, CatalogueObject onTarget, String fact) {
    Optional<String> conversion = conversion(onSource, onTarget, fact);
    if (conversion.isPresent()) {
      return conversion;
    }
    String kind = (onSource == null ? onTarget : onSource).key().kind();
    if (kind.equals("extension")) {
      return onSource == null
          ? Optional.of("the target's platform brings it")
          : Optional.ofNullable(fact)
              .filter(name -> name.equals("version"))
              .map(name -> "an extension is made in the target's own version");
    }
    if (kind.equals("schema") && onSource == null && holdsAnExtension(onTarget)) {
      return Optional.of("the target's platform made it for an extension");
    }
    if ((onSource == null ? onTarget : onSource).fact("of a partition").equals("true")
        && (onTarget == null || onTarget.fact("of a partition").equals("true"))) {
      return Optional.of("what a foreign key is for each partition, the server names by itself");
    }
    if (kind.equals("event trigger") && onSource == null) {
      return Optional.of("only a superuser makes one: the target's platform brings it");
    }
    if (kind.equals("collation")
        && "locale".equals(fact)
        && source.majorVersion() < 16
        && target.majorVersion() >= 16) {
      return Optional.of("since 16 an ICU locale is kept as a language tag");
    }
    if (kind.equals("column") && "position".equals(fact) && !parents(onSource).isEmpty()) {
      return Optional.of("a dump puts the inherited columns of a table first");
    }
    return Optional.empty();
  }

  private Optional<String> conversion(
      CatalogueObject onSource, CatalogueObject onTarget, String fact) {
    if (onTarget == null) {
      return merged(onSource);
    }
    String table =
        onTarget.key().kind().equals("table") ? onTarget.key().name() : onTarget.parent();
    if (!target.isHypertable(table) || source.isHypertable(table)) {
      return Optional.empty();
    }
    boolean own =
        onTarget.key().kind().equals("trigger")
            && onSource == null
            && onTarget.key().name().startsWith("ts_insert_blocker on ");
    boolean notNull =
        onTarget.key().kind().equals("column")
            && "not null".equals(fact)
            && target.hypertables().get(table).stream()
                .anyMatch(column -> onTarget.key().name().equals(table + "." + column));
    return own || notNull || isNoParentAnyMore(onSource, onTarget, fact)
        ? Optional.of("%s was converted to a hypertable".formatted(table))
        : Optional.empty();
  }

  // A partition or an heir of a table that became a hypertable as a whole.
  private Optional<String> merged(CatalogueObject part) {
    CatalogueObject table = part.key().kind().equals("table") ? part : null;
    while (table != null) {
      String above = table.fact("parents");
      if (target.isHypertable(above) && !source.isHypertable(above)) {
        return Optional.of("its rows are in the hypertable " + above);
      }
      table = source.objects().get(new ObjectKey("table", above));
    }
    return Optional.empty();
  }

  // Chunks are no partitions of PostgreSQL's.
  private static boolean isNoParentAnyMore(
      CatalogueObject onSource, CatalogueObject onTarget, String fact) {
    if (onSource == null) {
      return false;
    }
    if (onTarget.key().kind().equals("table")) {
      return !onSource.fact("partition key").isEmpty()
          && ("partition key".equals(fact) || "access method".equals(fact));
    }
    return onTarget.key().kind().equals("index")
        && "definition".equals(fact)
        && onSource.fact(fact).replaceFirst(" ON ONLY ", " ON ").equals(onTarget.fact(fact));
  }

  private boolean holdsAnExtension(CatalogueObject schema) {
    return target.objects().values().stream()
        .anyMatch(
            object ->
                object.key().kind().equals("extension")
                    && object.fact("schema").equals(schema.key().name()));
  }

  private String parents(CatalogueObject column) {
    CatalogueObject table =
        column == null ? null : source.objects().get(new ObjectKey("table", column.parent()));
    return table == null ? "" : table.fact("parents");
  }

  private static Difference difference(
      ObjectKey key, String detail, Difference.Verdict verdict, String reason) {
    return new Difference(key.kind(), key.name(), detail, verdict, reason);
  }
}
