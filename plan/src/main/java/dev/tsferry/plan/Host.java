package dev.tsferry.plan;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonIgnore;
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
 * @param timeToLiveHours after so many hours without a run the host ends itself; 0 in a plan stands
 *     for {@link #DEFAULT_TIME_TO_LIVE_HOURS}
 * @param keys the customer's keys for what the stack stores, or null for the account's own
 * @param network what is to be known of the subnet's surroundings, or null for an ordinary one; see
 *     {@link #outbound}
 * @param software where the host gets its programs, or null for the internet; see {@link #supply}
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
    Volume dataVolume,
    int timeToLiveHours,
    CustomerKeys keys,
    HostNetwork network,
    HostSoftware software) {

  /** Three days: a weekend, and the day on which somebody asks what that host is for. */
  public static final int DEFAULT_TIME_TO_LIVE_HOURS = 72;

  public Host {
    requireNonNull(subnetId, "subnetId is null");
    requireNonNull(availabilityZone, "availabilityZone is null");
    requireNonNull(instanceType, "instanceType is null");
    requireNonNull(architecture, "architecture is null");
    requireNonNull(amiId, "amiId is null");
    requireNonNull(ubuntu, "ubuntu is null");
    requireNonNull(rootVolume, "rootVolume is null");
    timeToLiveHours = timeToLiveHours == 0 ? DEFAULT_TIME_TO_LIVE_HOURS : timeToLiveHours;
  }

  /** A host in an ordinary subnet, with the account's own keys. */
  public Host(
      String subnetId,
      String availabilityZone,
      boolean publicAddress,
      String instanceType,
      Architecture architecture,
      String amiId,
      String ubuntu,
      Volume rootVolume,
      Volume dataVolume) {
    this(
        subnetId,
        availabilityZone,
        publicAddress,
        instanceType,
        architecture,
        amiId,
        ubuntu,
        rootVolume,
        dataVolume,
        DEFAULT_TIME_TO_LIVE_HOURS,
        null,
        null,
        null);
  }

  /** The volume for dump files, where there is one. */
  public Optional<Volume> dumpVolume() {
    return Optional.ofNullable(dataVolume);
  }

  /** The customer's key for the stack's secrets, where there is one. */
  @JsonIgnore
  public Optional<String> secretsKey() {
    return Optional.ofNullable(keys).map(CustomerKeys::secretsKmsKeyArn);
  }

  /** The customer's key for the push bucket, where there is one. */
  @JsonIgnore
  public Optional<String> bucketKey() {
    return Optional.ofNullable(keys).map(CustomerKeys::bucketKmsKeyArn);
  }

  /** What the host may speak to, {@link HostNetwork#OPEN} where the plan says nothing. */
  @JsonIgnore
  public HostNetwork outbound() {
    return network == null ? HostNetwork.OPEN : network;
  }

  /** Where its programs come from, {@link HostSoftware#FROM_THE_INTERNET} by default. */
  @JsonIgnore
  public HostSoftware supply() {
    return software == null ? HostSoftware.FROM_THE_INTERNET : software;
  }
}
