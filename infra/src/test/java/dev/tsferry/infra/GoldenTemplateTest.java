package dev.tsferry.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * The whole template of the sample plan, so that a review sees each change of it as one, be it of
 * the stack or of the CDK.
 *
 * <p>Made anew by {@code mvn -pl infra -am test -Dtest=GoldenTemplateTest -Dgolden.renew
 * -Dsurefire.failIfNoSpecifiedTests=false}; then read the difference before committing it.
 */
class GoldenTemplateTest {
  private static final Path GOLDEN =
      Path.of("src/test/resources/dev/tsferry/infra/golden-template.json");

  @Test
  void template_isTheOneThatWasReviewed() throws IOException {
    String template =
        new ObjectMapper()
                .enable(
                    SerializationFeature.INDENT_OUTPUT,
                    SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                .writeValueAsString(SampleStack.template().toJSON())
            + "\n";
    if (System.getProperty("golden.renew") != null) {
      Files.writeString(GOLDEN, template);
    }

    assertThat(template)
        .as("renew it with -Dgolden.renew, see this test's comment, and review the difference")
        .isEqualTo(Files.readString(GOLDEN));
  }
}
