package dev.tsferry.cli.account;

import dev.tsferry.cli.discovery.AccountDirectory;
import dev.tsferry.cli.discovery.host.ImageDirectory;
import dev.tsferry.cli.discovery.network.InstanceTypeDirectory;
import dev.tsferry.cli.discovery.network.NetworkDirectory;
import dev.tsferry.cli.discovery.source.DatabaseDirectory;
import dev.tsferry.cli.discovery.source.StorageMetrics;
import dev.tsferry.cli.host.HostDirectory;
import dev.tsferry.cli.host.PushBucket;
import dev.tsferry.cli.host.RemoteCommands;
import dev.tsferry.cli.stack.SecretStore;
import dev.tsferry.cli.stack.StackDirectory;
import dev.tsferry.cli.teardown.LeftoverSearch;

/** One account in one region: everything that the commands ask of AWS. */
public interface AwsAccount {
  AccountDirectory identity();

  DatabaseDirectory databases();

  NetworkDirectory network();

  InstanceTypeDirectory instanceTypes();

  ImageDirectory images();

  StorageMetrics storage();

  StackDirectory stacks();

  SecretStore secrets();

  HostDirectory hosts();

  RemoteCommands commands();

  PushBucket bucket();

  LeftoverSearch leftovers();
}
