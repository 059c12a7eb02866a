package dev.tsferry.cli.discovery.host;

import dev.tsferry.plan.Architecture;
import dev.tsferry.plan.Volume;
import java.util.Arrays;
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

  /**
   * The size for a database of {@code sizeBytes}.
   *
   * @param jobs tables that are dumped and loaded at a time
   */
  public static HostSize of(long sizeBytes, Architecture architecture, int jobs) {
    long gib = gib(sizeBytes);
    List<String> families = architecture == Architecture.ARM64 ? ARM_FAMILIES : X86_FAMILIES;
    Step step = step(gib, jobs);
    // Several tables at a time are dumped into one file each, and those into one: twice the room.
    double dumps = jobs > 1 ? 2 * DUMP_PER_DATABASE : DUMP_PER_DATABASE;
    int dataGib = (int) Math.min(65_536, Math.max(LEAST_GIB, Math.ceil(gib * dumps) + ROOM_GIB));
    return new HostSize(
        families.stream().map(family -> family + "." + step.size).toList(),
        new Volume(LEAST_GIB, BASE_IOPS, BASE_THROUGHPUT, null),
        new Volume(dataGib, BASE_IOPS, throughput(gib), null));
  }

  /** Sizes of instances, the smallest that will do is taken. */
  private enum Step {
    LARGE("large", 2, LARGE_GIB, 2),
    XLARGE("xlarge", 4, XLARGE_GIB, 4),
    XLARGE2("2xlarge", 8, Long.MAX_VALUE, 8),
    XLARGE4("4xlarge", 16, Long.MAX_VALUE, Integer.MAX_VALUE);

    private final String size;
    private final int processors;
    private final long gib;
    private final int jobs;

    /**
     * @param gib of data that it is enough for
     * @param jobs that it is enough for
     */
    Step(String size, int processors, long gib, int jobs) {
      this.size = size;
      this.processors = processors;
      this.gib = gib;
      this.jobs = jobs;
    }
  }

  private static Step step(long gib, int jobs) {
    return Arrays.stream(Step.values())
        .filter(step -> gib <= step.gib && jobs <= step.jobs)
        .findFirst()
        .orElse(Step.XLARGE4);
  }

  private static long gib(long bytes) {
    return (bytes + GIB - 1) / GIB;
  }

  // More throughput than a quarter of the IOPS is refused by EC2; small dumps don't need it.
  private static int throughput(long gib) {
    if (gib <= LARGE_GIB) {
      return BASE_THROUGHPUT;
    }
    return gib <= XLARGE_GIB ? 250 : 500;
  }

  /** Why it is this size, for people. */
  public static String reason(long sizeBytes, int jobs) {
    Step step = step(gib(sizeBytes), jobs);
    return "%d vCPU and %d GiB, for %d GiB of data%s"
        .formatted(
            step.processors,
            step.processors * 4,
            gib(sizeBytes),
            jobs == 1 ? "" : " and %d jobs".formatted(jobs));
  }
}
