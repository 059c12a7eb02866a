package dev.tsferry.cli.discovery.host;

import dev.tsferry.plan.Architecture;
import dev.tsferry.plan.Volume;
import java.util.List;

/**
 * How large the host must be for so much data: processors for parallel work, a volume that holds
 * the dump with room to spare.
 *
 * @param instanceTypes that would do, the best first; a zone may not offer the newest
 */
public record HostSize(List<String> instanceTypes, Volume rootVolume, Volume dataVolume) {
  private static final long GIB = 1L << 30;

  // Each has at least 2 vCPU and 8 GiB, which the guide asks for; general purpose, newest first.
  private static final List<String> X86_FAMILIES = List.of("m7i", "m6i", "m6a", "m5");
  private static final List<String> ARM_FAMILIES = List.of("m7g", "m6g", "t4g");

  private static final int LARGE_GIB = 100;
  private static final int XLARGE_GIB = 400;
  // A dump is smaller than its database (no indexes), yet text can be larger than the binary rows.
  private static final double DUMP_PER_DATABASE = 1.2;
  private static final int ROOM_GIB = 10;
  private static final int LEAST_GIB = 20;
  // gp3's base performance, which is in the price of the volume.
  private static final int BASE_IOPS = 3000;
  private static final int BASE_THROUGHPUT = 125;

  public HostSize {
    instanceTypes = List.copyOf(instanceTypes);
  }

  /** The size for a database of {@code sizeBytes}. */
  public static HostSize of(long sizeBytes, Architecture architecture) {
    long gib = (sizeBytes + GIB - 1) / GIB;
    int dataGib =
        (int) Math.min(65_536, Math.max(LEAST_GIB, Math.ceil(gib * DUMP_PER_DATABASE) + ROOM_GIB));
    return new HostSize(
        instanceTypes(gib, architecture),
        new Volume(LEAST_GIB, BASE_IOPS, BASE_THROUGHPUT, null),
        new Volume(dataGib, BASE_IOPS, throughput(gib), null));
  }

  private static List<String> instanceTypes(long gib, Architecture architecture) {
    List<String> families = architecture == Architecture.ARM64 ? ARM_FAMILIES : X86_FAMILIES;
    String size = gib <= LARGE_GIB ? "large" : gib <= XLARGE_GIB ? "xlarge" : "2xlarge";
    return families.stream().map(family -> family + "." + size).toList();
  }

  // More throughput than a quarter of the IOPS is refused by EC2; small dumps don't need it.
  private static int throughput(long gib) {
    if (gib <= LARGE_GIB) {
      return BASE_THROUGHPUT;
    }
    return gib <= XLARGE_GIB ? 250 : 500;
  }

  /** Why it is this size, for people. */
  public static String reason(long sizeBytes) {
    long gib = (sizeBytes + GIB - 1) / GIB;
    if (gib <= LARGE_GIB) {
      return "2 vCPU and 8 GiB, enough for up to %d GiB".formatted(LARGE_GIB);
    }
    return gib <= XLARGE_GIB
        ? "4 vCPU and 16 GiB, for more than %d GiB".formatted(LARGE_GIB)
        : "8 vCPU and 32 GiB, for more than %d GiB".formatted(XLARGE_GIB);
  }
}
