package dev.tsferry.plan;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * The migration host: the part of the plan that comes from AWS alone and that the stack is made
 * from.
 *
 * @param publicAddress whether it gets a public IPv4 address, which it needs in a subnet whose way
 *     out is an internet gateway
 * @param amiId pinned, since a moving one would replace the host in the middle of a run
 * @param ubuntu release, such as {@code 24.04}
 * @param dataVolume where dump files go, or null where none are written
 */
public record Host(
    String subnetId,
    String availabilityZone,
    boolean publicAddress,
    String instanceType,
    Architecture architecture,
    String amiId,
    String ubuntu,
    Volume rootVolume,
    Volume dataVolume) {

  public Host {
    requireNonNull(subnetId, "subnetId is null");
    requireNonNull(availabilityZone, "availabilityZone is null");
    requireNonNull(instanceType, "instanceType is null");
    requireNonNull(architecture, "architecture is null");
    requireNonNull(amiId, "amiId is null");
    requireNonNull(ubuntu, "ubuntu is null");
    requireNonNull(rootVolume, "rootVolume is null");
  }

  /** The volume for dump files, where there is one. */
  public Optional<Volume> dumpVolume() {
    return Optional.ofNullable(dataVolume);
  }
}
