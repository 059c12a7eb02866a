package dev.tsferry.cli.discovery;

import dev.tsferry.plan.Volume;

/**
 * How large the host must be for so much data: processors for parallel work, a volume that holds
 * the dump with room to spare.
 */
record HostSize(String instanceType, Volume rootVolume, Volume dataVolume) {
  static final long GIB = 1L << 30;

  // A dump is smaller than its database (no indexes), yet text can be larger than the binary rows.
  private static final double DUMP_PER_DATABASE = 1.2;
  private static final int ROOM_GIB = 10;
  private static final int LEAST_GIB = 20;
  // gp3's base performance, which is in the price of the volume.
  private static final int BASE_IOPS = 3000;
  private static final int BASE_THROUGHPUT = 125;

  static HostSize of(long sizeBytes) {
    long gib = (sizeBytes + GIB - 1) / GIB;
    int dataGib =
        (int) Math.min(65_536, Math.max(LEAST_GIB, Math.ceil(gib * DUMP_PER_DATABASE) + ROOM_GIB));
    return new HostSize(
        instanceType(gib),
        new Volume(LEAST_GIB, BASE_IOPS, BASE_THROUGHPUT, null),
        new Volume(dataGib, BASE_IOPS, throughput(gib), null));
  }

  // Each has at least 2 vCPU and 8 GiB, which the guide asks for.
  private static String instanceType(long gib) {
    if (gib <= 100) {
      return "m7i.large";
    }
    return gib <= 400 ? "m7i.xlarge" : "m7i.2xlarge";
  }

  // More throughput than a quarter of the IOPS is refused by EC2; small dumps don't need it.
  private static int throughput(long gib) {
    if (gib <= 100) {
      return BASE_THROUGHPUT;
    }
    return gib <= 400 ? 250 : 500;
  }
}
