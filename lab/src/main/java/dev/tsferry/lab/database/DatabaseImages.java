package dev.tsferry.lab.database;

import dev.tsferry.lab.image.LabImages;
import org.testcontainers.utility.DockerImageName;

/** The images of the lab's servers. */
public final class DatabaseImages {
  private DatabaseImages() {}

  /** The image of {@link RdsLikeSource}. */
  public static DockerImageName source() {
    return LabImages.named("source");
  }

  /** The image of {@link TimescaleLikeTarget}. */
  public static DockerImageName target() {
    return LabImages.named("target");
  }

  /** The image of {@link SelfHostedTimescale}. */
  public static DockerImageName timescaledbSource() {
    return LabImages.named("timescaledb-source");
  }
}
