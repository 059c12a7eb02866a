package dev.tsferry.runner.preflight;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** Whether the machine in between is as big as the guide asks. */
final class MachineChecks {
  private static final int CPUS = 2;
  // 8 GB as sold have somewhat less after the kernel's share.
  private static final long BYTES = 7_000_000_000L;

  private MachineChecks() {}

  /** Looks at this machine, or the container that this process is in. */
  static void check(Findings findings) {
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    judge(Runtime.getRuntime().availableProcessors(), system.getTotalMemorySize(), findings);
  }

  static void judge(int cpus, long bytes, Findings findings) {
    if (cpus < CPUS || bytes < BYTES) {
      findings.warning(
          "machine",
          "this machine",
          "it has %d CPU and %s of memory; the guide asks for 2 CPUs and 8 GB at least"
              .formatted(cpus, ByteSizes.text(bytes)),
          "take a bigger one: host.instanceType in the plan");
    } else {
      findings.info(
          "machine",
          "this machine",
          "%d CPUs, %s of memory".formatted(cpus, ByteSizes.text(bytes)),
          "");
    }
  }
}
