package dev.tsferry.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.plan.outcome.MigrationException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads and writes the plan's file. Reading is strict and reports every unknown field, wrong type
 * and contradiction at once, each with its JSON path, since a plan is often edited by hand and
 * nobody wants to find its mistakes one run at a time.
 */
public final class PlanFile {
  private PlanFile() {}

  /**
   * Reads the plan in {@code file}.
   *
   * @throws MigrationException {@code PLAN_NOT_FOUND} if there is no such file, {@code
   *     PLAN_MALFORMED} if it is not JSON or does not follow the schema, {@code PLAN_CONTRADICTORY}
   *     if its fields contradict each other
   */
  public static MigrationPlan read(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new MigrationException(
          ErrorCode.PLAN_NOT_FOUND,
          "reading the plan: there is no file " + file,
          "make one with \"tsferry plan --rds IDENTIFIER --target-host HOST --target-port PORT\"");
    }
    try {
      return parse(Files.readString(file), file.toString());
    } catch (IOException e) {
      throw new MigrationException(
          ErrorCode.PLAN_MALFORMED, "reading the plan " + file + ": " + e.getMessage(), e);
    }
  }

  /**
   * Holds a plan that was just made to what every reader of its file will hold it to.
   *
   * @throws MigrationException {@code PLAN_MALFORMED} or {@code PLAN_CONTRADICTORY} with the fields
   */
  public static void check(MigrationPlan plan) {
    parse(text(plan), "that these options make");
  }

  static MigrationPlan parse(String text, String name) {
    ObjectMapper mapper = Json.strict();
    try {
      JsonNode tree = mapper.readTree(text);
      List<String> problems = schemaProblems(tree);
      if (!problems.isEmpty()) {
        throw refused(ErrorCode.PLAN_MALFORMED, name, problems);
      }
      MigrationPlan plan = mapper.treeToValue(tree, MigrationPlan.class);
      List<String> contradictions = PlanContradictions.of(plan);
      if (!contradictions.isEmpty()) {
        throw refused(ErrorCode.PLAN_CONTRADICTORY, name, contradictions);
      }
      return plan;
    } catch (JsonProcessingException e) {
      String where =
          e.getLocation() == null
              ? ""
              : " at line %d, column %d"
                  .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr());
      throw new MigrationException(
          ErrorCode.PLAN_MALFORMED,
          "reading the plan %s: not valid JSON%s: %s"
              .formatted(name, where, e.getOriginalMessage()),
          e);
    }
  }

  /**
   * Writes {@code plan} to {@code file} so that a reader sees the old content or the new, whole.
   */
  public static void write(MigrationPlan plan, Path file) {
    try {
      Path directory = file.toAbsolutePath().getParent();
      Path temporary = Files.createTempFile(directory, ".migration", ".json");
      Files.writeString(temporary, text(plan));
      Files.setPosixFilePermissions(
          temporary, java.nio.file.attribute.PosixFilePermissions.fromString("rw-r--r--"));
      Files.move(temporary, file, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new MigrationException(
          ErrorCode.BAD_ARGUMENT, "writing the plan " + file + ": " + e.getMessage(), e);
    }
  }

  /** The plan as it stands in its file. */
  public static String text(MigrationPlan plan) {
    try {
      return Json.strict().writerWithDefaultPrettyPrinter().writeValueAsString(plan) + "\n";
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> schemaProblems(JsonNode tree) {
    try (InputStream schemaText = PlanFile.class.getResourceAsStream("migration.schema.json")) {
      JsonSchema schema =
          JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(schemaText);
      List<String> problems = new ArrayList<>();
      for (ValidationMessage message : schema.validate(tree)) {
        problems.add(message.getMessage());
      }
      return problems;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static MigrationException refused(ErrorCode code, String name, List<String> problems) {
    String list = String.join("\n  ", problems);
    return new MigrationException(
        code,
        "reading the plan %s: %d problem%s\n  %s"
            .formatted(name, problems.size(), problems.size() == 1 ? "" : "s", list),
        "correct the fields named, or make the plan anew with \"tsferry plan\"");
  }
}
