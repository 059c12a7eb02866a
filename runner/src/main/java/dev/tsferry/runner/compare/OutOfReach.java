package dev.tsferry.runner.compare;

import dev.tsferry.runner.postgres.Session;
import dev.tsferry.runner.preflight.SkippedExtensions;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The source's objects that the target can't have, for its user is no superuser or its version
 * refuses them, and all that depends on them: what may be missing there, each with the reason.
 */
public final class OutOfReach {
  private record Id(long classId, long objectId) {}

  private final Map<Id, String> reasons;

  private OutOfReach(Map<Id, String> reasons) {
    this.reasons = Map.copyOf(reasons);
  }

  /** Looks at the source's catalogue, and at who the target's user is. */
  public static OutOfReach of(
      Session source, Session target, int targetMajor, SkippedExtensions skipped) {
    Map<String, String> extensions = new TreeMap<>(skipped.reasons());
    boolean superuser =
        target.isTrue(
            "looking at the target's user",
            "select rolsuper from pg_catalog.pg_roles where rolname = current_user");
    Map<Id, String> reasons = new HashMap<>();
    source.list(
        "looking for what the target can't have",
        CatalogueReader.resource("out-of-reach"),
        row ->
            reasons.put(new Id(row.getLong(1), row.getLong(2)), String.valueOf(row.getString(3))),
        superuser,
        extensions.keySet().toArray(new String[0]),
        extensions.values().toArray(new String[0]),
        targetMajor);
    return new OutOfReach(reasons);
  }

  /** Of a source of which the target can have everything. */
  static OutOfReach nothing() {
    return new OutOfReach(Map.of());
  }

  /** Whether there is nothing of the kind. */
  public boolean isEmpty() {
    return reasons.isEmpty();
  }

  Optional<String> reason(CatalogueObject object) {
    return Optional.ofNullable(reasons.get(new Id(object.classId(), object.objectId())));
  }
}
