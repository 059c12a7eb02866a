package dev.tsferry.lab.failure;

import dev.tsferry.lab.database.RequiresContainerEngine;
import dev.tsferry.lab.pipeline.Crossing;
import java.nio.file.Path;

@RequiresContainerEngine
class KilledRdsRunIT extends KilledSteps {
  @Override
  Crossing start(Path folder) throws Exception {
    return Ferry.rds(folder);
  }
}
