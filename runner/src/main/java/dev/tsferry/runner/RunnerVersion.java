package dev.tsferry.runner;

import java.util.Objects;

/** The version that the jar's manifest gives. */
final class RunnerVersion {
  private RunnerVersion() {}

  static String text() {
    return Objects.requireNonNullElse(
        RunnerVersion.class.getPackage().getImplementationVersion(), "development");
  }
}
