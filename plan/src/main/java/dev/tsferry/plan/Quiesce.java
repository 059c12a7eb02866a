package dev.tsferry.plan;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * How the source is kept from being written to while it is carried, and how writes are found out.
 *
 * <pre>
 * "quiesce": { "mode": "lock", "readOnly": false, "keepReadOnly": false, "endWriters": false }
 * </pre>
 *
 * @param readOnly whether the source's database gets {@code default_transaction_read_only} for the
 *     time of the run; new sessions then can't write unless they insist
 * @param keepReadOnly whether it stays so after a run that succeeded; undone in every other case
 * @param endWriters whether sessions that write are ended, with {@code readOnly} every other
 *     session
 */
public record Quiesce(Mode mode, boolean readOnly, boolean keepReadOnly, boolean endWriters) {
  /** What happens where a plan says nothing: locks where rights allow, nothing is changed. */
  public static final Quiesce DEFAULT = new Quiesce(Mode.LOCK, false, false, false);

  public Quiesce {
    requireNonNull(mode, "mode is null");
  }

  /** How writes to the source are kept away or found out. */
  public enum Mode {
    /** SHARE locks while it is dumped, where rights allow: proof; and evidence for the rest. */
    @JsonProperty("lock")
    LOCK,
    /** No locks; counters and files of the tables before and after: evidence. */
    @JsonProperty("observe")
    OBSERVE,
    /** Nothing is done and nothing is known. */
    @JsonProperty("none")
    NONE
  }
}
