package dev.tsferry.plan;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * What is done with the databases: the part of the plan that never touches the stack.
 *
 * @param roles whether the source's roles are created on the target
 * @param skipExtensions extensions of the source that stay behind, with what needs them
 * @param clientMajor major version of PostgreSQL's client programs on the host; never older than
 *     the source, never newer than the target
 * @param acknowledgeSize whether a source of more than 400 GB was arranged with the target's
 *     support
 * @param moveTargetTimescaledb whether the empty target's extension timescaledb may be dropped and
 *     made anew in the source's version
 * @param quiesce how the source is kept from being written to; {@link Quiesce#DEFAULT} where a plan
 *     says nothing
 * @param transfer how the rows go through files; {@link Transfer#DEFAULT} where a plan says nothing
 * @param stream limits of data mode {@code stream}, or null for {@link Stream#DEFAULT}
 */
public record Pipeline(
    DataMode dataMode,
    List<Hypertable> hypertables,
    boolean roles,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> skipExtensions,
    VerifyLevel verify,
    int clientMajor,
    boolean acknowledgeSize,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean moveTargetTimescaledb,
    Quiesce quiesce,
    Transfer transfer,
    @JsonInclude(JsonInclude.Include.NON_NULL) Stream stream) {

  public Pipeline {
    requireNonNull(dataMode, "dataMode is null");
    requireNonNull(verify, "verify is null");
    hypertables = List.copyOf(hypertables);
    skipExtensions = skipExtensions == null ? List.of() : List.copyOf(skipExtensions);
    quiesce = quiesce == null ? Quiesce.DEFAULT : quiesce;
    transfer = transfer == null ? Transfer.DEFAULT : transfer;
  }

  /** A pipeline that quiesces by default. */
  public Pipeline(
      DataMode dataMode,
      List<Hypertable> hypertables,
      boolean roles,
      VerifyLevel verify,
      int clientMajor,
      boolean acknowledgeSize,
      boolean moveTargetTimescaledb) {
    this(
        dataMode,
        hypertables,
        roles,
        List.of(),
        verify,
        clientMajor,
        acknowledgeSize,
        moveTargetTimescaledb,
        Quiesce.DEFAULT,
        Transfer.DEFAULT,
        null);
  }

  /** A pipeline that leaves the target's TimescaleDB as it is, and quiesces by default. */
  public Pipeline(
      DataMode dataMode,
      List<Hypertable> hypertables,
      boolean roles,
      VerifyLevel verify,
      int clientMajor,
      boolean acknowledgeSize) {
    this(dataMode, hypertables, roles, verify, clientMajor, acknowledgeSize, false);
  }

  /** The same with other hypertables and client programs. */
  public Pipeline with(List<Hypertable> otherHypertables, int otherClientMajor) {
    return new Pipeline(
        dataMode,
        otherHypertables,
        roles,
        skipExtensions,
        verify,
        otherClientMajor,
        acknowledgeSize,
        moveTargetTimescaledb,
        quiesce,
        transfer,
        stream);
  }

  /** The same without some of the source's extensions. */
  public Pipeline skipping(List<String> extensions) {
    return new Pipeline(
        dataMode,
        hypertables,
        roles,
        extensions,
        verify,
        clientMajor,
        acknowledgeSize,
        moveTargetTimescaledb,
        quiesce,
        transfer,
        stream);
  }

  /** The same, quiescing in another way. */
  public Pipeline with(Quiesce other) {
    return new Pipeline(
        dataMode,
        hypertables,
        roles,
        skipExtensions,
        verify,
        clientMajor,
        acknowledgeSize,
        moveTargetTimescaledb,
        other,
        transfer,
        stream);
  }

  /** The same with rows that go another way. */
  public Pipeline with(DataMode otherMode, VerifyLevel otherLevel, Stream otherStream) {
    return new Pipeline(
        otherMode,
        hypertables,
        roles,
        skipExtensions,
        otherLevel,
        clientMajor,
        acknowledgeSize,
        moveTargetTimescaledb,
        quiesce,
        transfer,
        otherStream);
  }

  /** The limits of data mode {@code stream}. */
  public Stream streaming() {
    return stream == null ? Stream.DEFAULT : stream;
  }

  /** The same, with another way through files. */
  public Pipeline with(Transfer other) {
    return new Pipeline(
        dataMode,
        hypertables,
        roles,
        skipExtensions,
        verify,
        clientMajor,
        acknowledgeSize,
        moveTargetTimescaledb,
        quiesce,
        other,
        stream);
  }
}
