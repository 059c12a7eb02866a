package dev.tsferry.plan;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * What is done with the databases: the part of the plan that never touches the stack.
 *
 * @param roles whether the source's roles are created on the target
 * @param clientMajor major version of PostgreSQL's client programs on the host; never older than
 *     the source, never newer than the target
 * @param acknowledgeSize whether a source of more than 400 GB was arranged with the target's
 *     support
 * @param moveTargetTimescaledb whether the empty target's extension timescaledb may be dropped and
 *     made anew in the source's version
 */
public record Pipeline(
    DataMode dataMode,
    List<Hypertable> hypertables,
    boolean roles,
    VerifyLevel verify,
    int clientMajor,
    boolean acknowledgeSize,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean moveTargetTimescaledb) {

  public Pipeline {
    requireNonNull(dataMode, "dataMode is null");
    requireNonNull(verify, "verify is null");
    hypertables = List.copyOf(hypertables);
  }

  /** A pipeline that leaves the target's TimescaleDB as it is. */
  public Pipeline(
      DataMode dataMode,
      List<Hypertable> hypertables,
      boolean roles,
      VerifyLevel verify,
      int clientMajor,
      boolean acknowledgeSize) {
    this(dataMode, hypertables, roles, verify, clientMajor, acknowledgeSize, false);
  }
}
