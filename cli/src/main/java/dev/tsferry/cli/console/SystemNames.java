package dev.tsferry.cli.console;

import dev.tsferry.cli.discovery.network.NameDirectory;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/** Names as this machine resolves them. */
public final class SystemNames implements NameDirectory {

  @Override
  public List<String> addresses(String host) {
    try {
      return Arrays.stream(InetAddress.getAllByName(host))
          .filter(Inet4Address.class::isInstance)
          .map(InetAddress::getHostAddress)
          .sorted()
          .toList();
    } catch (UnknownHostException e) {
      return List.of();
    }
  }
}
