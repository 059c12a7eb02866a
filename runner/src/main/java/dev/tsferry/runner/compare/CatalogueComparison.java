package dev.tsferry.runner.compare;

import dev.tsferry.plan.report.MigrationReport.Difference;
import dev.tsferry.runner.postgres.Server;
import dev.tsferry.runner.postgres.Session;
import dev.tsferry.runner.preflight.SkippedExtensions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Compares the two catalogues object by object; reads only. Rows, owners and privileges are not its
 * concern.
 */
public final class CatalogueComparison {
  private static final int SHOWN_LENGTH = 200;

  // What is the user's own text, to the last character.
  private static final Set<String> VERBATIM = Set.of("text", "label", "labels", "options");

  private CatalogueComparison() {}

  /**
   * What was found.
   *
   * @param objects objects of the source that were looked at
   * @param differences every difference, by kind and name
   */
  public record Result(int objects, List<Difference> differences) {
    public Result {
      differences = List.copyOf(differences);
    }

    /** The differences that should not be. */
    public List<Difference> wrong() {
      return of(Difference.Verdict.WRONG);
    }

    /** The differences of one class. */
    public List<Difference> of(Difference.Verdict verdict) {
      return differences.stream().filter(difference -> difference.verdict() == verdict).toList();
    }
  }

  /**
   * Reads both sides and compares them.
   *
   * @param skipped extensions that stay behind
   */
  public static Result compare(Server source, Server target, SkippedExtensions skipped) {
    try (Session sourceSession = source.connect("compare");
        Session targetSession = target.connect("compare")) {
      Catalogue sourceSide = new CatalogueReader(source, sourceSession).read();
      Catalogue targetSide = new CatalogueReader(target, targetSession).read();
      OutOfReach outOfReach =
          OutOfReach.of(sourceSession, targetSession, target.majorVersion(), skipped);
      return new Result(
          sourceSide.objects().size(), differences(sourceSide, targetSide, outOfReach, skipped));
    }
  }

  static List<Difference> differences(
      Catalogue source, Catalogue target, OutOfReach outOfReach, SkippedExtensions skipped) {
    Judgement judgement = new Judgement(source, target, outOfReach, skipped);
    SortedSet<ObjectKey> keys = new TreeSet<>(source.objects().keySet());
    keys.addAll(target.objects().keySet());
    Set<String> common = new HashSet<>(source.names());
    common.retainAll(target.names());
    List<Difference> differences = new ArrayList<>();
    for (ObjectKey key : keys) {
      CatalogueObject onSource = source.objects().get(key);
      CatalogueObject onTarget = target.objects().get(key);
      if (onSource != null && onTarget != null) {
        compare(onSource, onTarget, judgement, differences);
      } else if (isOnItsOwn(onSource == null ? onTarget : onSource, source, target, common)) {
        differences.add(
            judgement.judge(
                onSource,
                onTarget,
                null,
                onTarget == null ? "missing on the target" : "on the target only"));
      }
    }
    return differences;
  }

  // A missing table's columns, keys and comments are missing with it, which is said once.
  private static boolean isOnItsOwn(
      CatalogueObject object, Catalogue source, Catalogue target, Set<String> common) {
    String parent = object.parent();
    if (parent == null || common.contains(parent)) {
      return true;
    }
    boolean known = source.names().contains(parent) || target.names().contains(parent);
    return !known;
  }

  private static void compare(
      CatalogueObject onSource,
      CatalogueObject onTarget,
      Judgement judgement,
      List<Difference> differences) {
    SortedSet<String> facts = new TreeSet<>(onSource.facts().keySet());
    facts.addAll(onTarget.facts().keySet());
    for (String fact : facts) {
      String before = onSource.fact(fact);
      String after = onTarget.fact(fact);
      boolean same = isSame(onSource.key(), fact, before, after);
      if (!same) {
        differences.add(
            judgement.judge(
                onSource,
                onTarget,
                fact,
                "%s: %s on the source, %s on the target"
                    .formatted(fact, shown(before, after), shown(after, before))));
      }
    }
  }

  // Everything else is the server's wording, which differs a little from version to version.
  private static boolean isSame(ObjectKey key, String fact, String before, String after) {
    if (before.equals(after)) {
      return true;
    }
    if (VERBATIM.contains(fact)) {
      return false;
    }
    int bodyBefore = body(key, fact, before);
    int bodyAfter = body(key, fact, after);
    return before.substring(bodyBefore).equals(after.substring(bodyAfter))
        && DeparsedText.same(before.substring(0, bodyBefore), after.substring(0, bodyAfter));
  }

  // Where a function's body in the user's own words begins.
  private static int body(ObjectKey key, String fact, String text) {
    boolean function = key.kind().equals("function") || key.kind().equals("procedure");
    int start = function && fact.equals("definition") ? text.indexOf("\nAS ") : -1;
    return start < 0 ? text.length() : start;
  }

  // Long texts are shown from a little before the place where they part.
  private static String shown(String text, String other) {
    if (text.isEmpty()) {
      return "none";
    }
    if (text.length() <= SHOWN_LENGTH) {
      return text;
    }
    int parts = 0;
    while (parts < Math.min(text.length(), other.length())
        && text.charAt(parts) == other.charAt(parts)) {
      parts++;
    }
    int start = Math.max(0, Math.min(parts - SHOWN_LENGTH / 4, text.length() - SHOWN_LENGTH));
    int end = Math.min(text.length(), start + SHOWN_LENGTH);
    return (start > 0 ? "…" : "") + text.substring(start, end) + (end < text.length() ? "…" : "");
  }
}
