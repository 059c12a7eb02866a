package dev.tsferry.plan;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * How much of both servers data mode {@code stream} takes; what is left out gets a default.
 *
 * <pre>
 * "stream": { "jobs": 4, "sliceMegabytes": 128, "maxMegabytesPerSecond": 50, "maxSnapshotMinutes": 240 }
 * </pre>
 *
 * @param jobs tables or slices of tables that are copied at a time, each with one connection to
 *     either server; 0 for as many as the host has processors, 2 at least and 8 at most
 * @param sliceMegabytes how much of a table one connection copies in one transaction; 0 to have it
 *     chosen by the database's size
 * @param maxMegabytesPerSecond most bytes of rows a second, all jobs together, in units of a
 *     million; 0 for no limit
 * @param maxSnapshotMinutes how long the source's snapshot may be held, which keeps its vacuum from
 *     removing anything newer; then the run ends, and the next goes on in a new one; 0 for no limit
 */
public record Stream(
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) int jobs,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) int sliceMegabytes,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) int maxMegabytesPerSecond,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) int maxSnapshotMinutes) {

  /** What holds where a plan says nothing. */
  public static final Stream DEFAULT = new Stream(0, 0, 0, 0);
}
