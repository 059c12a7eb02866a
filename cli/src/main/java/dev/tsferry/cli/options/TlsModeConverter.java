package dev.tsferry.cli.options;

import dev.tsferry.plan.TlsMode;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads libpq's names of the TLS modes that a connection over a network may have. */
final class TlsModeConverter implements ITypeConverter<TlsMode> {

  @Override
  public TlsMode convert(String value) {
    for (TlsMode mode : TlsMode.values()) {
      if (mode != TlsMode.DISABLE && mode.sslmode().equals(value)) {
        return mode;
      }
    }
    throw new TypeConversionException(value + " is none of require, verify-ca, verify-full");
  }
}
