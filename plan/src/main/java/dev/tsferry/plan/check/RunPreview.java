package dev.tsferry.plan.check;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * What a run would do, command by command and statement by statement; {@code tsferry run --dry-run
 * --json} prints it as it is.
 *
 * <pre>
 * {"step":"dump","title":"dump the source","note":"",
 *  "commands":[{"where":"host","text":"/usr/lib/postgresql/15/bin/pg_dump --dbname=… --section=data"}]}
 * </pre>
 *
 * @param version version of this format
 * @param check what the run's first step would find
 * @param steps empty where the check found an error, since the run would end there
 */
public record RunPreview(int version, String name, CheckReport check, List<Step> steps) {

  public static final int VERSION = 1;

  public RunPreview {
    requireNonNull(name, "name is null");
    requireNonNull(check, "check is null");
    steps = List.copyOf(steps);
  }

  /**
   * A step of the run.
   *
   * @param note what can't be said statement by statement, or empty
   */
  public record Step(String step, String title, String note, List<Command> commands) {
    public Step {
      requireNonNull(step, "step is null");
      commands = List.copyOf(commands);
    }
  }

  /** A program that would be started, or a statement that would be executed; without a secret. */
  public record Command(Where where, String text) {}

  /** Where something would be done. */
  public enum Where {
    /** On the migration host, or the machine that the run is typed on. */
    @JsonProperty("host")
    HOST,
    /** By the source's server. */
    @JsonProperty("source")
    SOURCE,
    /** By the target's server. */
    @JsonProperty("target")
    TARGET
  }
}
