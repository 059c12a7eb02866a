package dev.tsferry.cli.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuntimeDirectoryTest {
  @TempDir Path parent;

  private Path make() {
    return RuntimeDirectory.make(Map.of("XDG_RUNTIME_DIR", parent.toString()));
  }

  @Test
  void make_isForItsOwnerOnly() throws IOException {
    Path directory = make();

    assertThat(directory).hasParent(parent);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
        .isEqualTo("rwx------");
  }

  @Test
  void make_removesWhatAKilledProcessLeft_notWhatALivingOneHas() throws IOException {
    // The kernel's limit of process ids is 4,194,304.
    Path dead = Files.createDirectory(parent.resolve("tsferry-9999999-1"));
    Files.writeString(dead.resolve("source.pgpass"), "secret");
    Path living = make();
    Path other = Files.createDirectory(parent.resolve("tsferry-notes"));

    make();

    assertThat(dead).doesNotExist();
    assertThat(living).exists();
    assertThat(other).exists();
  }

  @Test
  void delete_removesFilesToo() throws IOException {
    Path directory = make();
    Files.writeString(directory.resolve("source.pgpass"), "secret");

    RuntimeDirectory.delete(directory);

    assertThat(directory).doesNotExist();
  }
}
