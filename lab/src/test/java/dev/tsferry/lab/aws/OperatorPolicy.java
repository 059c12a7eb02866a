package dev.tsferry.lab.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/**
 * {@code docs/iam/operator.json}, and whether it allows a call: by actions and resources; its
 * conditions narrow what is allowed here and are not looked at.
 */
record OperatorPolicy(String text, List<Statement> statements) {

  /** One statement; each is an Allow. */
  record Statement(String sid, List<String> actions, List<String> resources) {
    private boolean allows(Call call) {
      return actions.contains(call.action())
          && (call.resource() == null
              || resources.stream().anyMatch(pattern -> matches(pattern, call.resource())));
    }

    private static boolean matches(String pattern, String resource) {
      return resource.matches("\\Q" + pattern.replace("*", "\\E.*\\Q") + "\\E");
    }
  }

  /** A call that the emulated account recorded; no resource where it is not known. */
  record Call(String action, String resource, boolean allowed) {}

  static OperatorPolicy read() throws IOException {
    String text = Files.readString(TypedCommands.root().resolve("docs/iam/operator.json"));
    List<Statement> statements = new ArrayList<>();
    for (JsonNode statement : new ObjectMapper().readTree(text).get("Statement")) {
      statements.add(
          new Statement(
              statement.get("Sid").asText(),
              list(statement.get("Action")),
              list(statement.get("Resource"))));
    }
    return new OperatorPolicy(text, List.copyOf(statements));
  }

  static List<Call> calls(String record) {
    ObjectMapper json = new ObjectMapper();
    return Pattern.compile("\n")
        .splitAsStream(record)
        .filter(line -> !line.isBlank())
        .map(line -> call(json, line))
        .toList();
  }

  private static Call call(ObjectMapper json, String line) {
    try {
      JsonNode call = json.readTree(line);
      return new Call(
          call.get("action").asText(),
          call.get("resource").isNull() ? null : call.get("resource").asText(),
          call.get("allowed").asBoolean());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  boolean allows(Call call) {
    return statements.stream().anyMatch(statement -> statement.allows(call));
  }

  OperatorPolicy without(Statement statement) {
    return new OperatorPolicy(
        text, statements.stream().filter(other -> !other.equals(statement)).toList());
  }

  private static List<String> list(JsonNode value) {
    return value.isArray()
        ? StreamSupport.stream(value.spliterator(), false).map(JsonNode::asText).toList()
        : List.of(value.asText());
  }
}
