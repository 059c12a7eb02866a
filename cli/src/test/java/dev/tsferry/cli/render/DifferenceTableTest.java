package dev.tsferry.cli.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tsferry.plan.report.MigrationReport.Difference;
import dev.tsferry.plan.report.MigrationReport.Difference.Verdict;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class DifferenceTableTest {
  private static final List<Difference> DIFFERENCES =
      List.of(
          new Difference("index", "s.i", "missing on the target", Verdict.WRONG, null),
          new Difference("view", "s.\"a\nb\"", "definition: 1\n2", Verdict.WRONG, null),
          new Difference("publication", "p", "missing on the target", Verdict.HANDED_OVER, "left"),
          new Difference("extension", "x", "on the target only", Verdict.EXPECTED, "its own"));

  @Test
  void print_listsOnlyWhatIsWrong() {
    StringWriter text = new StringWriter();
    DifferenceTable.print(new PrintWriter(text, true), DIFFERENCES);
    assertThat(text)
        .hasToString(
            """

            differences between the schemas: 2 wrong, 1 handed over, 1 expected
              WRONG index s.i: missing on the target
              WRONG view s."a b": definition: 1 2
            """);
  }

  @Test
  void printAll_givesTheReasonsOfTheOthers() {
    StringWriter text = new StringWriter();
    DifferenceTable.printAll(new PrintWriter(text, true), DIFFERENCES);
    assertThat(text.toString())
        .endsWith(
            """
              handed over publication p: missing on the target (left)
              expected extension x: on the target only (its own)
            """);
  }

  @Test
  void print_noDifference_isSilent() {
    StringWriter text = new StringWriter();
    DifferenceTable.print(new PrintWriter(text, true), List.of());
    assertThat(text.toString()).isEmpty();
    assertThat(DifferenceTable.differs(DIFFERENCES.subList(2, 4))).isFalse();
  }
}
