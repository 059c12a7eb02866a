package dev.tsferry.runner.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/** Writes files so that a reader, and a crash, sees the old content or the new, whole. */
public final class AtomicFile {
  private AtomicFile() {}

  /** Replaces {@code file}; its content may be lost if the machine fails. */
  public static void replace(Path file, byte[] content) throws IOException {
    Path temporary = file.resolveSibling("." + file.getFileName() + ".new");
    Files.write(temporary, content);
    move(temporary, file);
  }

  /** Replaces {@code file}, and returns when its content is safe on the disk. */
  public static void replaceDurably(Path file, byte[] content) throws IOException {
    Path temporary = file.resolveSibling("." + file.getFileName() + ".new");
    Files.write(temporary, content);
    publish(temporary, file);
  }

  /** Gives a finished file its name, once its content is safe on the disk. */
  public static void publish(Path temporary, Path file) throws IOException {
    sync(temporary);
    move(temporary, file);
    sync(file.toAbsolutePath().getParent());
  }

  /** Makes {@code directory}, which holds what is nobody else's business, for its owner only. */
  public static void makePrivate(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      Files.createDirectories(
          directory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
  }

  private static void move(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static void sync(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
