package dev.tsferry.lab;

import dev.tsferry.lab.judge.Judge;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The {@code lab} command. */
@Command(
    name = "lab",
    description = "An AWS account in a box, with a source to carry away and a target to carry to.",
    mixinStandardHelpOptions = true)
public final class LabMain {
  // Containers are named after it, so that two working copies can have a lab each.
  private final Lab lab =
      new Lab(System.getenv().getOrDefault("LAB_NAME", "lab"), new LabFolder(Path.of(".lab")));

  private LabMain() {}

  public static void main(String[] arguments) {
    int code = new CommandLine(new LabMain()).execute(arguments);
    // Testcontainers takes down at an orderly exit what it started; the lab outlives this process.
    System.out.flush();
    Runtime.getRuntime().halt(code);
  }

  @Command(description = "Bring the lab up; .lab/lab.env then holds what a shell needs.")
  void up(
      @Option(
              names = "--readings",
              description = "Rows of the largest table. Default: 1,600,000, two million in all.")
          Integer readings)
      throws Exception {
    lab.up(readings);
  }

  @Command(
      description = "Compare the contents of source and target, without any of tsferry's own code.")
  int compare() throws Exception {
    List<String> differences = lab.compare();
    differences.forEach(System.out::println);
    System.out.println(
        differences.isEmpty()
            ? "source and target hold the same"
            : differences.size() + " differences");
    return differences.isEmpty() ? 0 : 9;
  }

  @Command(
      description =
          "Judge a crossing by what scripts/judge wrote down of both sides and by the run's report.")
  int judge(
      @Parameters(paramLabel = "SOURCE") Path source,
      @Parameters(paramLabel = "BEFORE") Path before,
      @Parameters(paramLabel = "TARGET") Path target,
      @Parameters(paramLabel = "STATE") Path state)
      throws Exception {
    Judge.Judgement judgement = Judge.judge(source, before, target, state);
    judgement.announced().forEach(one -> System.out.println("announced: " + one));
    judgement.left().forEach(one -> System.out.println("LEFT: " + one));
    System.out.printf(
        "%,d things compared, %,d tables with %,d rows among them; %,d differences announced, %,d left%n",
        judgement.things(),
        judgement.tables(),
        judgement.rows(),
        judgement.announced().size(),
        judgement.left().size());
    return judgement.left().isEmpty() ? 0 : 9;
  }

  @Command(description = "Take everything of the lab down; plans and reports in .lab stay.")
  void down() {
    lab.down();
  }
}
