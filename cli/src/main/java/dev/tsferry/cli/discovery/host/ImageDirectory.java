package dev.tsferry.cli.discovery.host;

import java.util.Optional;

/** Knows the newest machine image of an operating system. */
public interface ImageDirectory {

  /**
   * The newest image of Ubuntu Server.
   *
   * @param release such as {@code 24.04}
   * @param architecture as Ubuntu names it, such as {@code amd64}
   */
  Optional<String> ubuntu(String release, String architecture);
}
