package dev.tsferry.lab.pipeline;

import dev.tsferry.lab.database.SelfHostedTimescale;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/**
 * PostgreSQL's client programs of a server's image, made to run on this machine, whose distribution
 * may have older ones only: with all libraries that they need and the loader of the image.
 *
 * @see <a href="https://man7.org/linux/man-pages/man8/ld.so.8.html">ld.so</a>
 */
public final class ImagePrograms {
  private static final List<String> PROGRAMS =
      List.of("psql", "pg_dump", "pg_dumpall", "pg_restore");
  private static final String PACK =
      """
      set -e
      cd /usr/lib/postgresql/17/bin
      mkdir -p /tmp/programs/lib
      cp psql pg_dump pg_dumpall pg_restore /tmp/programs
      ldd psql pg_dump pg_dumpall pg_restore | grep -o '/[^ ]*' | grep -v ':$' | sort -u \
        | while read -r library; do cp -L "$library" /tmp/programs/lib; done
      mv /tmp/programs/lib/ld-linux* /tmp/programs/lib/loader
      tar -C /tmp -cf /tmp/programs.tar programs
      """;

  private ImagePrograms() {}

  /** The folder with the programs, made in {@code folder}. */
  public static Path of(SelfHostedTimescale server, Path folder)
      throws IOException, InterruptedException {
    var packed = server.execInContainer("sh", "-c", PACK);
    if (packed.getExitCode() != 0) {
      throw new IOException("packing the client programs: " + packed.getStderr());
    }
    Path archive = folder.resolve("programs.tar");
    server.copyFileFromContainer(
        "/tmp/programs.tar", in -> Files.copy(in, archive, StandardCopyOption.REPLACE_EXISTING));
    Process tar =
        new ProcessBuilder("tar", "-C", folder.toString(), "-xf", archive.toString()).start();
    if (tar.waitFor() != 0) {
      throw new IOException("unpacking " + archive);
    }
    Path bin = Files.createDirectories(folder.resolve("bin"));
    Path programs = folder.resolve("programs");
    for (String program : PROGRAMS) {
      Path file = bin.resolve(program);
      Files.writeString(
          file,
          """
          #!/bin/sh
          exec '%1$s/lib/loader' --library-path '%1$s/lib' --argv0 "$0" '%1$s/%2$s' "$@"
          """
              .formatted(programs, program));
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    return bin;
  }
}
