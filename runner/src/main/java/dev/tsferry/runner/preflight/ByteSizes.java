package dev.tsferry.runner.preflight;

import java.util.Locale;

/** Sizes in bytes as people read them. */
public final class ByteSizes {
  private static final String[] UNITS = {"bytes", "KiB", "MiB", "GiB", "TiB"};

  private ByteSizes() {}

  /** Such as {@code 12.3 GiB}. */
  public static String text(long bytes) {
    double value = bytes;
    int unit = 0;
    while (value >= 1024 && unit < UNITS.length - 1) {
      value /= 1024;
      unit++;
    }
    return unit == 0 ? bytes + " bytes" : String.format(Locale.ROOT, "%.1f %s", value, UNITS[unit]);
  }
}
