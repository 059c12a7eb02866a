package dev.tsferry.lab.failure;

import dev.tsferry.lab.database.RequiresContainerEngine;
import dev.tsferry.lab.pipeline.Crossing;
import java.nio.file.Path;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Two minutes that the suite does not take; {@code InterruptedMetricsIT} kills one run of the kind.
 */
@RequiresContainerEngine
@EnabledIfSystemProperty(named = "lab.failures", matches = "all|streamed")
class KilledTimescaledbStreamIT extends KilledSteps {
  @Override
  Crossing start(Path folder) throws Exception {
    return Ferry.timescaledb(folder).streaming(2);
  }
}
