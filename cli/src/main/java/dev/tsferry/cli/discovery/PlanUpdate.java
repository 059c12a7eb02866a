package dev.tsferry.cli.discovery;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tsferry.cli.discovery.host.HostSize;
import dev.tsferry.plan.DataMode;
import dev.tsferry.plan.Host;
import dev.tsferry.plan.Json;
import dev.tsferry.plan.MigrationPlan;
import dev.tsferry.plan.Pipeline;
import dev.tsferry.plan.Volume;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * Brings a plan up to date: what AWS knows follows AWS, what its owner edited stays. Whether he did
 * shows by what discovery would have decided from the facts that the plan holds.
 *
 * @param plan brought up to date
 * @param changes against the old plan
 * @param kept fields that stay although discovery would decide otherwise
 */
public record PlanUpdate(MigrationPlan plan, List<PlanChange> changes, List<PlanChange> kept) {
  private static final String RDS_SECRET = ":secret:rds!";

  public PlanUpdate {
    changes = List.copyOf(changes);
    kept = List.copyOf(kept);
  }

  /**
   * Merges.
   *
   * @param old as it is in the file
   * @param fresh discovered now, with what the file says of target, database and user
   * @param namedHypertables whether hypertables were named on the command line, and replace those
   *     of the file
   * @param namedType whether the instance type was
   * @param carried what the command line says of the pipeline besides
   */
  public static PlanUpdate of(
      MigrationPlan old,
      MigrationPlan fresh,
      boolean namedHypertables,
      boolean namedType,
      UnaryOperator<Pipeline> carried) {
    ObjectMapper mapper = Json.lenient();
    ObjectNode before = mapper.valueToTree(old);
    ObjectNode discovered = mapper.valueToTree(fresh);
    ObjectNode merged = before.deepCopy();
    merged.set("name", discovered.get("name"));
    merged.set("target", discovered.get("target"));
    merged.set("source", source(old, discovered));
    host((ObjectNode) merged.get("host"), old, fresh, discovered.get("host"), namedType);
    pipeline((ObjectNode) merged.get("pipeline"), old, fresh, discovered, namedHypertables);
    try {
      MigrationPlan kept = mapper.treeToValue(merged, MigrationPlan.class);
      MigrationPlan plan = kept.with(carried.apply(kept.pipeline()));
      return new PlanUpdate(
          plan, changes(before, mapper.valueToTree(plan)), kept(merged, discovered));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  // A secret that RDS does not manage was put there by somebody.
  private static JsonNode source(MigrationPlan old, ObjectNode discovered) {
    ObjectNode source = (ObjectNode) discovered.get("source").deepCopy();
    old.source()
        .managedSecretArn()
        .filter(arn -> !arn.contains(RDS_SECRET))
        .ifPresent(arn -> source.put("secretArn", arn));
    return source;
  }

  private static void host(
      ObjectNode merged, MigrationPlan old, MigrationPlan fresh, JsonNode host, boolean namedType) {
    for (String field :
        List.of("subnetId", "availabilityZone", "publicAddress", "ubuntu", "network")) {
      set(merged, field, host.get(field));
    }
    merged.set("architecture", host.get("architecture"));
    merged.set("amiId", host.get("amiId"));
    Host was = old.host();
    HostSize decided =
        HostSize.of(old.source().sizeBytes(), was.architecture(), old.pipeline().transfer().jobs());
    boolean otherArchitecture = was.architecture() != fresh.host().architecture();
    if (namedType || otherArchitecture || decided.instanceTypes().contains(was.instanceType())) {
      merged.set("instanceType", host.get("instanceType"));
    }
    if (decided.rootVolume().equals(was.rootVolume().with(null))) {
      merged.set("rootVolume", host.get("rootVolume"));
    }
    Optional<Volume> byRule =
        old.pipeline().dataMode() == DataMode.DUMP
            ? Optional.of(decided.dataVolume())
            : Optional.empty();
    if (was.dumpVolume().map(volume -> volume.with(null)).equals(byRule)) {
      set(merged, "dataVolume", host.get("dataVolume"));
    }
  }

  private static void set(ObjectNode node, String field, JsonNode value) {
    if (value == null) {
      node.remove(field);
    } else {
      node.set(field, value);
    }
  }

  private static void pipeline(
      ObjectNode merged,
      MigrationPlan old,
      MigrationPlan fresh,
      ObjectNode discovered,
      boolean namedHypertables) {
    if (namedHypertables) {
      merged.set("hypertables", discovered.get("pipeline").get("hypertables"));
    }
    // Older than the source, pg_dump refuses; what was the rule's choice follows the rule.
    boolean byRule =
        old.pipeline().clientMajor() == PlanDiscovery.clientMajor(old.source().majorVersion());
    if (byRule || old.pipeline().clientMajor() < fresh.source().majorVersion()) {
      merged.put("clientMajor", fresh.pipeline().clientMajor());
    }
  }

  // The owner's part of the plan is his anyway; of the rest he should know what he holds on to.
  private static List<PlanChange> kept(ObjectNode merged, ObjectNode discovered) {
    return changes(merged, discovered).stream()
        .filter(
            change -> change.path().startsWith("$.host.") || change.path().startsWith("$.source."))
        .filter(change -> change.after() != null)
        .toList();
  }

  static List<PlanChange> changes(JsonNode before, JsonNode after) {
    List<PlanChange> changes = new ArrayList<>();
    compare("$", before, after, changes);
    return changes;
  }

  private static void compare(
      String path, JsonNode before, JsonNode after, List<PlanChange> changes) {
    if (before != null && after != null && before.isObject() && after.isObject()) {
      TreeSet<String> names = new TreeSet<>();
      addNames(before.fieldNames(), names);
      addNames(after.fieldNames(), names);
      names.forEach(name -> compare(path + "." + name, before.get(name), after.get(name), changes));
    } else if (!Objects.equals(before, after)) {
      changes.add(new PlanChange(path, text(before), text(after)));
    }
  }

  private static void addNames(Iterator<String> from, TreeSet<String> to) {
    from.forEachRemaining(to::add);
  }

  private static String text(JsonNode node) {
    return node == null ? null : node.isTextual() ? node.textValue() : node.toString();
  }
}
