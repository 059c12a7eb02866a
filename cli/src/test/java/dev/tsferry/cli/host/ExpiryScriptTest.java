package dev.tsferry.cli.host;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs {@code expiry.sh} and what it installs, with a systemd of a few lines. */
class ExpiryScriptTest {
  private static final long HOUR = 3600;
  private static final long DAY = 24 * HOUR;

  @TempDir Path directory;
  private final long now = Instant.now().getEpochSecond();

  @BeforeEach
  void install() throws IOException {
    Files.writeString(
        directory.resolve("systemctl"),
        """
        #!/bin/bash
        if [[ $1 == show ]]; then
          [[ $* == *"$(cat %1$s/active)"* ]] && echo active || echo inactive
        else
          echo "$*" >>%1$s/systemctl.log
        fi
        """
            .formatted(directory));
    assertThat(directory.resolve("systemctl").toFile().setExecutable(true)).isTrue();
    Files.writeString(directory.resolve("active"), "nothing\n");
    Files.createDirectory(directory.resolve("units"));
    bash("expiry.sh", "install_expiry; live_until_at_least 72");
  }

  @Test
  void install_setsTheTimeToLive_andATimerThatSurvivesAReboot() throws IOException {
    assertThat(expires()).isBetween(now + 72 * HOUR, now + 72 * HOUR + 60);
    assertThat(Files.readString(directory.resolve("units/tsferry-expiry.timer")))
        .contains("OnCalendar=", "Persistent=true", "WantedBy=timers.target");
    assertThat(log()).contains("enable -q --now tsferry-expiry.timer");
  }

  @Test
  void preparedAgain_neverShortensWhatWasPromised_butExtendDoes() throws IOException {
    bash("expiry.sh", "live_until_at_least 2");
    assertThat(expires()).isGreaterThanOrEqualTo(now + 72 * HOUR);

    bash("expiry.sh", "live_until " + (now + HOUR));
    assertThat(expires()).isEqualTo(now + HOUR);
  }

  @Test
  void timeIsOver_hostEndsItself() throws IOException {
    expires(now - 1);

    assertThat(expire()).contains("the time to live is over");
    assertThat(log()).contains("poweroff");
  }

  @Test
  void timeIsOver_underARun_hostLivesADayLonger() throws IOException {
    for (String unit : new String[] {"tsferry-run", "tsferry-task", "tsferry-prepare"}) {
      Files.writeString(directory.resolve("active"), unit + "\n");
      expires(now - 1);

      assertThat(expire()).contains(unit + " is active: the host lives a day longer");
      assertThat(expires()).isBetween(now + DAY, now + DAY + 60);
    }
    assertThat(log()).doesNotContain("poweroff");
  }

  @Test
  void aDayAhead_itIsAnnounced_andEarlierNothingIsSaid() throws IOException {
    expires(now + 2 * HOUR);
    assertThat(expire()).containsPattern("the host ends itself in (119|120) minutes");

    expires(now + DAY + HOUR);
    assertThat(expire()).isEmpty();
    assertThat(log()).doesNotContain("poweroff");
  }

  private long expires() throws IOException {
    return Long.parseLong(Files.readString(directory.resolve("expires")).strip());
  }

  private void expires(long moment) throws IOException {
    Files.writeString(directory.resolve("expires"), moment + "\n");
  }

  private String log() throws IOException {
    Path log = directory.resolve("systemctl.log");
    return Files.exists(log) ? Files.readString(log) : "";
  }

  private String expire() throws IOException {
    return run(Files.readString(directory.resolve("expire.sh")));
  }

  private void bash(String script, String call) throws IOException {
    run("set -euo pipefail\n" + HostScript.named(script).text() + "\n" + call);
  }

  private String run(String script) throws IOException {
    String here =
        script
            .replace("/opt/tsferry", directory.toString())
            .replace("/etc/systemd/system", directory.resolve("units").toString());
    ProcessBuilder bash = new ProcessBuilder("bash", "-c", here).redirectErrorStream(true);
    bash.environment().put("PATH", directory + ":" + System.getenv("PATH"));
    return new String(bash.start().getInputStream().readAllBytes(), UTF_8);
  }
}
