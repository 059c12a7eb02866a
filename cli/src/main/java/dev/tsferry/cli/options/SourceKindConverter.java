package dev.tsferry.cli.options;

import dev.tsferry.plan.SourceKind;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The kinds that only the user can tell apart. */
final class SourceKindConverter implements ITypeConverter<SourceKind> {

  @Override
  public SourceKind convert(String value) {
    return switch (value) {
      case "postgresql" -> SourceKind.POSTGRESQL;
      case "timescaledb" -> SourceKind.TIMESCALEDB;
      default -> throw new TypeConversionException(value + " is none of postgresql, timescaledb");
    };
  }
}
