package dev.tsferry.runner.verify;

import dev.tsferry.plan.Counted;
import dev.tsferry.plan.TableName;
import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.plan.outcome.MigrationException;
import dev.tsferry.plan.report.MigrationReport.TableCount;
import dev.tsferry.runner.postgres.Session;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Compares what is equal in number by its content. */
final class ContentComparison {
  private final Session source;
  private final Session target;
  private final ContentDigest sourceDigest;
  private final ContentDigest targetDigest;
  private final List<String> differences;
  private final List<String> remarks;

  /**
   * @param differences where differences go
   * @param remarks where what is no difference but worth knowing goes
   */
  ContentComparison(
      Session source, Session target, List<String> differences, List<String> remarks) {
    this.source = source;
    this.target = target;
    this.sourceDigest = new ContentDigest(source);
    this.targetDigest = new ContentDigest(target);
    this.differences = differences;
    this.remarks = remarks;
  }

  /**
   * Notes the materialized views that hold other values than the source's. That is no loss: the
   * target fills its own from rows that are compared by themselves.
   *
   * @param tables all tables and views with their rows, of which those with as many on both sides
   *     are looked at
   */
  void views(
      Map<TableName, Relation> onSource,
      Map<TableName, Relation> onTarget,
      List<TableCount> tables) {
    Inventory inventory = new Inventory(source);
    for (TableCount count : tables) {
      TableName name = new TableName(count.schema(), count.table());
      Relation before = onSource.get(name);
      Relation after = onTarget.get(name);
      if (!count.matches() || !isFilledView(before) || !isFilledView(after)) {
        continue;
      }
      String filled = targetDigest.ofView(after);
      if (!sourceDigest.ofView(before).equals(filled)) {
        remarks.add(
            isOutOfDate(before, inventory, filled)
                ? "materialized view %s held other values on the source; it was out of date, refreshed it holds what the target has"
                    .formatted(name)
                : "materialized view %s holds other values than on the source: it was filled anew, and its query does not give the same each time"
                    .formatted(name));
      }
    }
  }

  /** Compares large objects by number and content. */
  void largeObjects() {
    long before = new Inventory(source).largeObjects();
    long after = new Inventory(target).largeObjects();
    if (before != after) {
      differences.add(
          "the source has %s and the target %d"
              .formatted(Counted.of(before, "large object"), after));
      return;
    }
    if (before == 0) {
      return;
    }
    Optional<String> read = sourceDigest.ofLargeObjects();
    Optional<String> written = targetDigest.ofLargeObjects();
    if (read.isEmpty() || written.isEmpty()) {
      remarks.add(
          "the contents of %s were not compared: the %s's user may not read all of them"
              .formatted(Counted.of(before, "large object"), read.isEmpty() ? "source" : "target"));
    } else if (!read.equals(written)) {
      differences.add(
          "the contents of large objects are not the same (%s)"
              .formatted(Counted.of(before, "large object")));
    }
  }

  // A query that needs more than this user has says nothing.
  private boolean isOutOfDate(Relation view, Inventory inventory, String filled) {
    try {
      return sourceDigest.ofDefinition(view, inventory.definition(view)).equals(filled);
    } catch (MigrationException e) {
      if (e.code() == ErrorCode.CANCELLED) {
        throw e;
      }
      return false;
    }
  }

  private static boolean isFilledView(Relation relation) {
    return relation != null && relation.view() && relation.populated();
  }
}
