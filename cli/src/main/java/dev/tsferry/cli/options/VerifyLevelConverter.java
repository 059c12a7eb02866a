package dev.tsferry.cli.options;

import dev.tsferry.plan.VerifyLevel;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the plan's words for how closely the two sides are compared. */
final class VerifyLevelConverter implements ITypeConverter<VerifyLevel> {

  @Override
  public VerifyLevel convert(String value) {
    for (VerifyLevel level : VerifyLevel.values()) {
      if (level.name().toLowerCase(Locale.ROOT).equals(value)) {
        return level;
      }
    }
    throw new TypeConversionException(value + " is none of full, counts, estimates, none");
  }
}
