package dev.tsferry.cli.options;

import dev.tsferry.plan.DataMode;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the plan's words for the way that the rows take. */
final class DataModeConverter implements ITypeConverter<DataMode> {

  @Override
  public DataMode convert(String value) {
    for (DataMode mode : DataMode.values()) {
      if (mode.name().toLowerCase(Locale.ROOT).equals(value)) {
        return mode;
      }
    }
    throw new TypeConversionException(value + " is none of dump, stream");
  }
}
