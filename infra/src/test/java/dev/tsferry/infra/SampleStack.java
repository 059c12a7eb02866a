package dev.tsferry.infra;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tsferry.plan.PlanFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import software.amazon.awscdk.App;
import software.amazon.awscdk.assertions.Template;

/** The stack of the sample plan, or of the same plan with something changed in its text. */
final class SampleStack {
  private SampleStack() {}

  static Template template() {
    return template(UnaryOperator.identity());
  }

  static Template template(UnaryOperator<String> change) {
    return Template.fromStack(stack(change));
  }

  static MigrationStack stack(UnaryOperator<String> change) {
    try {
      Path file = Files.createTempFile("migration", ".json");
      Files.writeString(file, change.apply(text()));
      MigrationStack stack = MigrationApp.createStack(new App(), PlanFile.read(file));
      Files.delete(file);
      return stack;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A change that puts more fields into the plan's host. */
  static UnaryOperator<String> withHost(String fields) {
    return text -> text.replace("\"ubuntu\" :", fields + ", \"ubuntu\" :");
  }

  /** A change that leaves the source's password to the stack. */
  static String unmanaged(String text) {
    return text.replaceFirst("\"secretArn\" : \"[^\"]*\",", "");
  }

  private static String text() throws IOException {
    try (InputStream sample = SampleStack.class.getResourceAsStream("migration.json")) {
      return new String(sample.readAllBytes(), UTF_8);
    }
  }
}
