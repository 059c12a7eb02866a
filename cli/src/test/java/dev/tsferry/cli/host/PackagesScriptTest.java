package dev.tsferry.cli.host;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs {@code packages.sh} and {@code prepare.sh}'s parts with stand-ins for what they call. */
class PackagesScriptTest {
  private static final String PGDG = "B97B0AFCAA1A47F044F244A07FCC7D46ACCC4CF8";

  @TempDir Path directory;

  @Test
  void client_isTheSourcesMajor_whereItIsToBeHad() {
    assertThat(client(91, Set.of(90, 91, 92))).isEqualTo("postgresql-client-91");
  }

  @Test
  void client_ofADistributionWithANewerOneOnly_isTheNextNewer_neverAnOlder() {
    assertThat(client(91, Set.of(90, 93, 94))).isEqualTo("postgresql-client-93");
    assertThat(client(91, Set.of(90))).isEqualTo("failed");
  }

  private String client(int major, Set<Integer> candidates) {
    String known =
        String.join("|", candidates.stream().map(n -> "postgresql-client-" + n).toList());
    return bash(
        """
        pgdg() { return 1; }
        apt_get() { [[ $1 == install ]] && echo "${@: -1}" || true; }
        candidate() { [[ $1 =~ ^(%s)$ ]]; }
        CLIENT_MAJOR=%d
        postgresql_client || echo failed
        """
            .formatted(known, major));
  }

  @Test
  void pgdgsKey_isTrustedByItsFingerprint_andAlone() {
    String good = "pub:-:4096:1:7FCC7D46ACCC4CF8:::\\nfpr:::::::::" + PGDG + ":";
    String other = "pub:-:4096:1:0000000000000000:::\\nfpr:::::::::" + "0".repeat(40) + ":";

    assertThat(keyIsPgdgs(good)).isEqualTo("yes");
    assertThat(keyIsPgdgs(other)).isEqualTo("no");
    assertThat(keyIsPgdgs(good + "\\n" + other)).as("a second key beside it").isEqualTo("no");
    assertThat(keyIsPgdgs("")).isEqualTo("no");
  }

  private String keyIsPgdgs(String listing) {
    return bash(
        "gpg() { printf '%s\\n'; }\nkey_is_pgdgs file && echo yes || echo no".formatted(listing));
  }

  @Test
  void mirror_replacesUbuntusOnEveryRelease_andTheProxyIsApts() throws IOException {
    Path apt = Files.createDirectories(directory.resolve("apt/sources.list.d")).getParent();
    Files.createDirectory(apt.resolve("apt.conf.d"));
    Files.writeString(
        apt.resolve("sources.list"),
        """
        deb http://us-east-1.ec2.archive.ubuntu.com/ubuntu/ jammy main
        deb http://security.ubuntu.com/ubuntu jammy-security main
        deb https://example.com/other stable main
        """);
    Files.writeString(
        apt.resolve("sources.list.d/ubuntu.sources"),
        "URIs: http://ports.ubuntu.com/ubuntu-ports/\nSuites: noble\n");

    bash(
        "ETC=%s PROXY=http://proxy.test:3128 UBUNTU_MIRROR=https://mirror.test/ubuntu\npackage_sources"
            .formatted(directory));

    assertThat(Files.readString(apt.resolve("sources.list")))
        .isEqualTo(
            """
            deb https://mirror.test/ubuntu jammy main
            deb https://mirror.test/ubuntu jammy-security main
            deb https://example.com/other stable main
            """);
    assertThat(Files.readString(apt.resolve("sources.list.d/ubuntu.sources")))
        .isEqualTo("URIs: https://mirror.test/ubuntu\nSuites: noble\n");
    assertThat(Files.readString(apt.resolve("apt.conf.d/60-tsferry")))
        .contains("Acquire::https::Proxy \"http://proxy.test:3128\";");

    bash("ETC=%s PROXY= UBUNTU_MIRROR=\npackage_sources".formatted(directory));
    assertThat(apt.resolve("apt.conf.d/60-tsferry")).as("a proxy no longer planned").doesNotExist();
  }

  @Test
  void volume_isFormattedWhenEmpty_andNeverWhenItHoldsAnything() {
    assertThat(volume(2, "")).isEqualTo("formatted\nusable");
    assertThat(volume(0, "tsferry-dump")).as("ours from before").isEqualTo("usable");
    assertThat(volume(0, "")).isEqualTo("/dev/x holds something that is not tsferry's");
    assertThat(volume(0, "customer")).isEqualTo("/dev/x holds something that is not tsferry's");
    assertThat(volume(8, "")).isEqualTo("what /dev/x holds can't be told");
  }

  private String volume(int found, String label) {
    String function =
        HostScript.named("prepare.sh")
            .text()
            .replaceAll("(?s).*(usable_volume\\(\\) \\{.*?\n\\}\n).*", "$1");
    return bash(
        function
            + """
            blkid() { if [[ $* == *LABEL* ]]; then echo '%s'; else return %d; fi; }
            mkfs.ext4() { echo formatted; }
            usable_volume /dev/x && echo usable || echo "$note"
            """
                .formatted(label, found));
  }

  private static String bash(String calls) {
    String script = HostScript.named("packages.sh").text() + "note=\n" + calls;
    try {
      Process bash = new ProcessBuilder("bash", "-c", script).redirectErrorStream(true).start();
      return new String(bash.getInputStream().readAllBytes(), UTF_8).strip();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
