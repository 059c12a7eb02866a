package dev.tsferry.cli.command;

import picocli.CommandLine.IVersionProvider;

/** The version of the jar that this class came from. */
final class TsferryVersion implements IVersionProvider {

  @Override
  public String[] getVersion() {
    String version = TsferryVersion.class.getPackage().getImplementationVersion();
    return new String[] {
      "tsferry " + (version == null ? "(not packaged)" : version),
      "java " + System.getProperty("java.version")
    };
  }
}
