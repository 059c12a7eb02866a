package dev.tsferry.cli.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tsferry.plan.Hypertable;
import dev.tsferry.plan.TableName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class HypertableConverterTest {
  private final HypertableConverter converter = new HypertableConverter();

  private static Hypertable hypertable(String schema, String name, String column, String interval) {
    return new Hypertable(new TableName(schema, name), column, interval);
  }

  @Test
  void convert_bareNames_foldsThemToLowerCase() {
    assertThat(converter.convert("Public.Metrics:Time"))
        .isEqualTo(hypertable("public", "metrics", "time", null));
  }

  @Test
  void convert_interval_isTakenAsItStands() {
    assertThat(converter.convert("public.metrics:time:7 days"))
        .isEqualTo(hypertable("public", "metrics", "time", "7 days"));
    assertThat(converter.convert("public.metrics:time:1 day 12:30:00").interval())
        .hasValue("1 day 12:30:00");
  }

  @Test
  void convert_quotedNames_mayHoldAnything() {
    assertThat(converter.convert("\"a.b:\"\"c\".\"C d\n\":\"ts 🕐\":1 h"))
        .isEqualTo(hypertable("a.b:\"c", "C d\n", "ts 🕐", "1 h"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "metrics",
        "metrics:time",
        "public.metrics",
        "public.metrics:",
        "public.metrics:t:",
        ".m:t",
        "\"open.m:t",
        "\"\".m:t",
        "public.m\"x\":t",
        "public.m:\"t\"x"
      })
  void convert_anythingElse_isRefusedWithTheRightForm(String text) {
    assertThatThrownBy(() -> converter.convert(text))
        .isInstanceOf(TypeConversionException.class)
        .hasMessageStartingWith(text + " lacks ")
        .hasMessageContaining("write schema.table:column or schema.table:column:interval");
  }
}
