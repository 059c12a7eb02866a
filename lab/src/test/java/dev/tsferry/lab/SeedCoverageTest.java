package dev.tsferry.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * docs/seed-coverage.md says of every row of the two guides where it is and what would notice its
 * loss. A page that nobody checks would soon name classes, tests and options that are gone.
 */
class SeedCoverageTest {
  private static final Pattern QUOTED = Pattern.compile("`([^`]+)`");
  private static final Pattern OPTION = Pattern.compile("--[a-z-]+");
  private static final Pattern FINDING = Pattern.compile("findings? ([a-z-]+(?: and [a-z-]+)?)");
  private static final Pattern LINK = Pattern.compile("\\]\\(([a-z-]+\\.md)\\)");

  private static final Path ROOT = root();
  private static final Map<String, List<String>> ROWS = new TreeMap<>();
  private static final Map<String, String> CODE = new TreeMap<>();
  private static final Map<String, String> TESTS = new TreeMap<>();

  @BeforeAll
  static void read() throws IOException {
    for (String line : Files.readAllLines(ROOT.resolve("docs/seed-coverage.md"))) {
      String[] cells = line.split("\\|", -1);
      if (cells.length > 5 && cells[1].strip().matches("X?\\d+")) {
        ROWS.put(cells[1].strip(), Stream.of(cells).map(String::strip).toList());
      }
    }
    for (String module : List.of("plan", "infra", "runner", "cli", "lab")) {
      sources(ROOT.resolve(module).resolve("src/main"), CODE);
      sources(ROOT.resolve(module).resolve("src/test"), TESTS);
    }
  }

  @Test
  void everyRow_isThere() {
    List<String> expected =
        new ArrayList<>(IntStream.rangeClosed(1, 49).mapToObj(Integer::toString).toList());
    IntStream.rangeClosed(1, 19).mapToObj(number -> "X" + number).forEach(expected::add);
    assertThat(ROWS.keySet()).containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void everyPlaceInTheCode_exists() {
    ROWS.forEach(
        (row, cells) -> {
          if (!row.startsWith("X")) {
            List<String> places = quoted(cells.get(3));
            assertThat(places).as("row " + row).isNotEmpty();
            assertThat(places)
                .as("row " + row)
                .allMatch(
                    place ->
                        place.contains("/")
                            ? Files.exists(ROOT.resolve(place))
                            : CODE.containsKey(place));
          }
        });
  }

  @Test
  void everyTest_exists() {
    ROWS.forEach(
        (row, cells) -> {
          List<String> tests = quoted(cells.get(4));
          assertThat(tests).as("row " + row).isNotEmpty();
          assertThat(tests).as("row " + row).allMatch(SeedCoverageTest::isTest);
        });
  }

  @Test
  void everyCommand_hasTheOptionsThatAreShown() {
    ROWS.forEach(
        (row, cells) -> {
          if (!row.startsWith("X")) {
            quoted(cells.get(5)).stream()
                .filter(text -> text.startsWith("tsferry "))
                .forEach(command -> checkCommand(row, command));
          }
        });
  }

  @Test
  void everyFinding_isOneOfTheChecks() {
    ROWS.forEach(
        (row, cells) -> {
          Matcher finding = FINDING.matcher(cells.get(5));
          while (finding.find()) {
            for (String code : finding.group(1).split(" and ", -1)) {
              assertThat(inCode(source -> source.contains('"' + code + '"')))
                  .as("row %s: finding %s", row, code)
                  .isTrue();
            }
          }
        });
  }

  @Test
  void everyPageThatIsLinked_exists() {
    ROWS.values().stream()
        .flatMap(cells -> LINK.matcher(String.join(" ", cells)).results())
        .forEach(link -> assertThat(ROOT.resolve("docs").resolve(link.group(1))).exists());
  }

  private static void checkCommand(String row, String command) {
    String name = command.split(" ", -1)[1];
    String annotation = "@Command(\n    name = \"%s\"".formatted(name);
    assertThat(inCode(source -> source.contains(annotation)))
        .as("row %s: tsferry %s", row, name)
        .isTrue();
    Matcher option = OPTION.matcher(command);
    while (option.find()) {
      String quotedOption = '"' + option.group() + '"';
      assertThat(inCode(source -> source.contains("picocli") && source.contains(quotedOption)))
          .as("row %s: %s", row, option.group())
          .isTrue();
    }
  }

  private static boolean inCode(Predicate<String> wanted) {
    return CODE.values().stream().anyMatch(wanted);
  }

  private static boolean isTest(String name) {
    String[] parts = name.split("\\.", -1);
    return parts.length == 2
        && Optional.ofNullable(TESTS.get(parts[0]))
            .filter(source -> source.contains("void " + parts[1] + "("))
            .isPresent();
  }

  private static List<String> quoted(String cell) {
    return QUOTED.matcher(cell).results().map(result -> result.group(1)).toList();
  }

  private static void sources(Path folder, Map<String, String> into) throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
        into.put(file.getFileName().toString().replace(".java", ""), Files.readString(file));
      }
    }
  }

  private static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.isExecutable(folder.resolve("scripts/tsferry"))) {
      folder = folder.getParent();
    }
    return folder;
  }
}
