package dev.tsferry.cli.host;

import static java.util.Objects.requireNonNull;

import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.plan.outcome.MigrationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Brings the runner and the plan to the host: into the bucket, a short-lived URL to the host, which
 * checks what it fetched, and out of the bucket again.
 */
public final class RunnerPush {
  private static final Duration VALIDITY = Duration.ofMinutes(15);
  private static final Duration LIMIT = Duration.ofMinutes(5);

  private final PushBucket bucket;
  private final String bucketName;
  private final HostShell shell;

  public RunnerPush(PushBucket bucket, String bucketName, HostShell shell) {
    this.bucket = requireNonNull(bucket, "bucket is null");
    this.bucketName = requireNonNull(bucketName, "bucketName is null");
    this.shell = requireNonNull(shell, "shell is null");
  }

  /**
   * Pushes what the host does not have yet, then runs {@code next} there in the same command.
   *
   * @param there what the host said it has
   */
  public void push(Path runner, Path plan, HostPoll there, HostScript next) {
    List<String> uploaded = new ArrayList<>();
    // What an earlier push left would keep the bucket, and so the stack, from being deleted.
    bucket.empty(bucketName);
    try {
      String runnerSha = sha256(runner);
      String planSha = sha256(plan);
      boolean runnerIsThere = there.runner().equals("runner-%s.jar".formatted(runnerSha));
      boolean planIsThere = there.planSha().equals(planSha);
      HostScript script =
          HostScript.named("push.sh").with("RUNNER_SHA", runnerSha).with("PLAN_SHA", planSha);
      script = offering(script, "RUNNER", runnerIsThere ? null : runner, "runner.jar", uploaded);
      script = offering(script, "PLAN", planIsThere ? null : plan, "migration.json", uploaded);
      shell.run("pushing the runner and starting the run", script.then(next), LIMIT);
    } finally {
      uploaded.forEach(key -> bucket.delete(bucketName, key));
    }
  }

  // The host deletes what it has fetched: if this command dies now, the bucket is empty all the
  // same.
  private HostScript offering(
      HostScript script, String what, Path file, String key, List<String> uploaded) {
    if (file == null) {
      return script.with(what + "_URL", "").with(what + "_DELETE", "");
    }
    uploaded.add(key);
    bucket.upload(bucketName, key, file);
    return script
        .with(what + "_URL", bucket.presign(bucketName, key, VALIDITY).toString())
        .with(what + "_DELETE", bucket.presignDelete(bucketName, key, VALIDITY).toString());
  }

  private static String sha256(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new MigrationException(
          ErrorCode.TOOL_MISSING, "pushing the runner: there is no file " + file, "build tsferry");
    }
    try {
      return Sha256.of(file);
    } catch (IOException e) {
      throw new MigrationException(
          ErrorCode.TOOL_MISSING, "pushing the runner: %s cannot be read".formatted(file), e);
    }
  }
}
