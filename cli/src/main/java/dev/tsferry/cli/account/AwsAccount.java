package dev.tsferry.cli.account;

import dev.tsferry.cli.discovery.AccountDirectory;
import dev.tsferry.cli.discovery.DatabaseDirectory;
import dev.tsferry.cli.discovery.ImageDirectory;
import dev.tsferry.cli.discovery.NetworkDirectory;
import dev.tsferry.cli.discovery.StorageMetrics;
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

  ImageDirectory images();

  StorageMetrics storage();

  StackDirectory stacks();

  SecretStore secrets();

  HostDirectory hosts();

  RemoteCommands commands();

  PushBucket bucket();

  LeftoverSearch leftovers();
}
