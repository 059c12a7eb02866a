package dev.tsferry.lab.aws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tsferry.cli.host.HostScript;
import dev.tsferry.cli.host.HostTask;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/**
 * What the run and PostgreSQL's programs can reach on a host with a real systemd: a stand-in for
 * the runner looks, from within the very unit that runs get.
 */
@NotOnLocalStack
@InEmulatedAccount
@TestInstance(Lifecycle.PER_CLASS)
class ConfinedRunIT {
  // In the runner's place: asked for a secret it reads with the instance's credentials, else it
  // looks around.
  private static final String STAND_IN =
      """
      #!/bin/bash
      imds=http://169.254.169.254/latest
      credentials() {
        local token
        token=$(curl -sS -m 3 -X PUT -H 'X-aws-ec2-metadata-token-ttl-seconds: 60' $imds/api/token) &&
          curl -sS -m 3 -H "X-aws-ec2-metadata-token: $token" $imds/meta-data/iam/security-credentials/host
      }
      if [[ $* == *"runner.jar secret" ]]; then
        read -r question
        credentials | grep -q SecretAccessKey && echo "$question answered as $(id -un) for $TSFERRY_TARGET_SECRET"
        exit
      fi
      {
        echo "user $(id -un)"
        credentials 2>/dev/null | grep -q SecretAccessKey && echo credentials reached || echo credentials refused
        python3 -c '
      import socket, os
      s = socket.socket(socket.AF_UNIX)
      s.connect(os.environ["TSFERRY_SECRETS"])
      s.sendall(b"target\\n")
      print("socket:", s.makefile().read().strip())'
        grep -E '^(CapEff|CapBnd|NoNewPrivs)' /proc/self/status
        touch /etc/written 2>/dev/null && echo "/etc written" || echo "/etc refused"
        touch /var/lib/tsferry/written.$$ && echo "state written"
      } >/var/lib/tsferry/answer.json 2>&1
      """;

  private TestAccount account;
  private String host;

  @BeforeAll
  void startHost(TestAccount shared) {
    account = shared;
    host = account.startHost("#!/bin/sh\n");
    install("/usr/local/bin/java", STAND_IN);
    install("/usr/local/bin/snap", "#!/bin/sh\necho \"$@\" >>/var/log/snap-calls\n");
    account.run(
        host,
        "useradd --system --user-group --home-dir /var/lib/tsferry tsferry;"
            + " install -d -o tsferry -g tsferry -m 0700 /var/lib/tsferry;"
            + " install -d /var/log/tsferry /opt/tsferry");
  }

  @Test
  void run_isKeptFromTheInstancesCredentials_andGetsPasswordsFromAnotherUser() {
    send(HostTask.starting("us-east-1", "arn:source", "arn:target", "check", ""));
    String answer =
        account
            .run(
                host,
                "while systemctl is-active -q tsferry-task; do sleep 0.2; done;"
                    + " cat /var/lib/tsferry/answer.json")
            .standardOutputContent();

    assertThat(answer.lines())
        .contains(
            "user tsferry",
            "credentials refused",
            "CapEff:\t0000000000000000",
            "CapBnd:\t0000000000000000",
            "NoNewPrivs:\t1",
            "/etc refused",
            "state written");
    assertThat(answer)
        .as("a user of its own has the credentials, for what it is asked")
        .containsPattern("socket: target answered as (tsferry-secrets\\S*|\\d+) for arn:target");
  }

  @Test
  void credentials_outsideTheUnit_areReached_soThatTheTestCanFail() {
    String answer =
        account
            .run(
                host,
                "TSFERRY_SECRETS=/run/tsferry-secrets.socket bash /usr/local/bin/java;"
                    + " cat /var/lib/tsferry/answer.json")
            .standardOutputContent();

    assertThat(answer).contains("user root", "credentials reached", "/etc written");
  }

  @Test
  void socket_isTheRunsUsersAlone() {
    send(HostTask.starting("us-east-1", "arn:source", "arn:target", "check", ""));
    String mode =
        account.run(host, "stat -c '%U %a' /run/tsferry-secrets.socket").standardOutputContent();

    assertThat(mode).isEqualTo("tsferry 600\n");
  }

  @Test
  void snapsRefresh_isHeldDuringARun_andReleasedAfterIt() {
    send(
        HostScript.named("confined.sh")
            .then(HostScript.named("start.sh"))
            .with("REGION", "us-east-1")
            .with("SOURCE_SECRET", "arn:source")
            .with("TARGET_SECRET", "arn:target")
            .with("REHEARSAL", "no"));
    String calls =
        account
            .run(
                host,
                "until systemctl is-active tsferry-run | grep -qxE 'inactive|failed'; do sleep 0.2; done;"
                    + " cat /var/log/snap-calls")
            .standardOutputContent();

    assertThat(calls.lines()).containsExactly("refresh --hold", "refresh --unhold");
  }

  private void send(HostScript script) {
    String encoded = Base64.getEncoder().encodeToString(script.text().getBytes(UTF_8));
    assertThat(
            account.run(host, "base64 -d <<'X' | bash\n" + encoded + "\nX").standardErrorContent())
        .isEmpty();
  }

  private void install(String file, String content) {
    String encoded = Base64.getEncoder().encodeToString(content.getBytes(UTF_8));
    for (String command :
        List.of("base64 -d <<<'" + encoded + "' >" + file, "chmod 0755 " + file)) {
      assertThat(account.run(host, "#!/bin/bash\n" + command).statusAsString())
          .isEqualTo("Success");
    }
  }
}
