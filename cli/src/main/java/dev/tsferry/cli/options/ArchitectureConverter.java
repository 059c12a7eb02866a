package dev.tsferry.cli.options;

import dev.tsferry.plan.Architecture;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Processor architectures as EC2 names them. */
final class ArchitectureConverter implements ITypeConverter<Architecture> {

  @Override
  public Architecture convert(String value) {
    return switch (value) {
      case "x86_64" -> Architecture.X86_64;
      case "arm64" -> Architecture.ARM64;
      default -> throw new TypeConversionException(value + " is none of x86_64, arm64");
    };
  }
}
