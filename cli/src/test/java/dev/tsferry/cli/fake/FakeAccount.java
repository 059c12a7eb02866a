package dev.tsferry.cli.fake;

import dev.tsferry.cli.account.AwsAccount;
import dev.tsferry.cli.discovery.AccountDirectory;
import dev.tsferry.cli.discovery.host.ImageDirectory;
import dev.tsferry.cli.discovery.network.InstanceTypeDirectory;
import dev.tsferry.cli.discovery.network.NetworkDirectory;
import dev.tsferry.cli.discovery.source.DatabaseDirectory;
import dev.tsferry.cli.discovery.source.StorageMetrics;
import dev.tsferry.cli.host.HostDirectory;
import dev.tsferry.cli.host.PushBucket;
import dev.tsferry.cli.host.RemoteCommands;
import dev.tsferry.cli.stack.DeployedStack;
import dev.tsferry.cli.stack.SecretStore;
import dev.tsferry.cli.stack.StackDirectory;
import dev.tsferry.cli.teardown.Leftover;
import dev.tsferry.cli.teardown.LeftoverSearch;
import dev.tsferry.cli.teardown.SearchResult;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An account with one RDS instance, in a VPC with a private and a public subnet. */
public final class FakeAccount implements AwsAccount, HostDirectory, PushBucket {
  public final List<String> beside = new ArrayList<>();
  public final FakeRemoteCommands commands = new FakeRemoteCommands();
  public final FakeRds rds = new FakeRds();
  public final FakeNetwork network = new FakeNetwork();
  public final Map<String, String> secrets = new HashMap<>();
  public final Map<String, Path> objects = new HashMap<>();
  public final Deque<List<Leftover>> leftovers = new ArrayDeque<>();
  public final List<String> unseen = new ArrayList<>();
  public String account = "123456789012";
  public Optional<String> image = Optional.of("ami-0abc1234");
  public Optional<DeployedStack> stack = Optional.empty();
  public Optional<String> agent = Optional.of("Online");
  public Optional<String> instanceState = Optional.of("running");
  public Duration clockAhead = Duration.ZERO;
  public int uploads;

  public FakeAccount() {
    rds.put(new Databases());
  }

  /** The stack is there, whole. */
  public FakeAccount deployed() {
    stack =
        Optional.of(
            new DeployedStack(
                "tsferry-orders-db",
                "CREATE_COMPLETE",
                Map.of(
                    "InstanceId", "i-0abc",
                    "CommandDocument", "tsferry-orders-db-command",
                    "PushBucket", "tsferry-orders-db-push",
                    "TargetSecretArn", "arn:target",
                    "SourceSecretArn", "arn:source")));
    return this;
  }

  @Override
  public AccountDirectory identity() {
    return () ->
        new AccountDirectory.Identity(
            account, "eu-west-1", "arn:aws:iam::" + account + ":user/me", clockAhead);
  }

  @Override
  public DatabaseDirectory databases() {
    return rds;
  }

  @Override
  public NetworkDirectory network() {
    return network;
  }

  @Override
  public InstanceTypeDirectory instanceTypes() {
    return network;
  }

  @Override
  public ImageDirectory images() {
    return (release, architecture) -> image;
  }

  @Override
  public StorageMetrics storage() {
    return rds;
  }

  @Override
  public StackDirectory stacks() {
    return new StackDirectory() {
      @Override
      public Optional<DeployedStack> find(String name) {
        return stack.filter(found -> found.name().equals(name));
      }

      @Override
      public List<String> buckets(String name) {
        return List.of("tsferry-orders-db-push");
      }
    };
  }

  @Override
  public SecretStore secrets() {
    return new SecretStore() {
      @Override
      public Optional<Boolean> filled(String arn) {
        return Optional.of(secrets.containsKey(arn));
      }

      @Override
      public void put(String arn, String user, char[] password) {
        secrets.put(arn, user + "/" + new String(password));
      }

      @Override
      public void putBeside(String arn, String label, String text) {
        beside.add(label + " " + text);
      }
    };
  }

  @Override
  public HostDirectory hosts() {
    return this;
  }

  @Override
  public RemoteCommands commands() {
    return commands;
  }

  @Override
  public PushBucket bucket() {
    return this;
  }

  @Override
  public LeftoverSearch leftovers() {
    return (name, group) ->
        new SearchResult(
            leftovers.size() > 1
                ? leftovers.poll()
                : leftovers.isEmpty() ? List.of() : leftovers.peek(),
            unseen);
  }

  @Override
  public Optional<String> agent(String instanceId) {
    return agent;
  }

  @Override
  public Optional<String> instance(String instanceId) {
    return instanceState;
  }

  @Override
  public Optional<String> dataVolume(String instanceId) {
    return Optional.of("vol-0abc");
  }

  @Override
  public void empty(String bucket) {
    objects.clear();
  }

  @Override
  public void upload(String bucket, String key, Path file) {
    uploads++;
    objects.put(key, file);
  }

  @Override
  public URI presign(String bucket, String key, Duration validity) {
    return URI.create("https://bucket.test/" + key + "?X-Amz-Signature=s");
  }

  @Override
  public URI presignDelete(String bucket, String key, Duration validity) {
    return URI.create("https://bucket.test/" + key + "?X-Amz-Signature=d");
  }

  @Override
  public void delete(String bucket, String key) {
    objects.remove(key);
  }
}
