package dev.tsferry.plan;

/**
 * How the rows go through files.
 *
 * <pre>
 * "transfer": { "jobs": 4, "lockWaitSeconds": 60 }
 * </pre>
 *
 * @param jobs tables that are dumped, and loaded, at a time; 1 for one after the other
 * @param lockWaitSeconds after which a dump gives up that waits for a table which somebody else has
 *     locked; with it waits everybody who wants that table after it
 */
public record Transfer(int jobs, int lockWaitSeconds) {
  /** What happens where a plan says nothing. */
  public static final Transfer DEFAULT = new Transfer(1, 60);

  /** Several tables at a time. */
  public boolean parallel() {
    return jobs > 1;
  }
}
