package dev.tsferry.cli.options;

import dev.tsferry.plan.Quiesce;
import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.plan.outcome.MigrationException;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** How the source is kept from being written to, for a run without a plan. */
final class QuiesceOptions {
  @Option(
      names = "--quiesce",
      paramLabel = "lock|observe|none",
      converter = ModeConverter.class,
      description =
          "Lock the source's tables against writes while they are dumped where rights allow, only observe them, or neither (default: lock).")
  private Quiesce.Mode mode = Quiesce.Mode.LOCK;

  @Option(
      names = "--read-only-source",
      description =
          "Set default_transaction_read_only on the source's database; undone when the run ends.")
  private boolean readOnly;

  @Option(
      names = "--keep-read-only",
      description = "Leave it set after a run that succeeded; with --read-only-source.")
  private boolean keepReadOnly;

  @Option(
      names = "--end-writers",
      description =
          "End sessions that write to the source; with --read-only-source all other sessions.")
  private boolean endWriters;

  Quiesce quiesce() {
    if (keepReadOnly && !readOnly) {
      throw new MigrationException(
          ErrorCode.BAD_ARGUMENT,
          "--keep-read-only is given, but the source is not made read-only",
          "add --read-only-source");
    }
    return new Quiesce(mode, readOnly, keepReadOnly, endWriters);
  }

  static final class ModeConverter implements ITypeConverter<Quiesce.Mode> {
    @Override
    public Quiesce.Mode convert(String value) {
      for (Quiesce.Mode mode : Quiesce.Mode.values()) {
        if (mode.name().toLowerCase(Locale.ROOT).equals(value)) {
          return mode;
        }
      }
      throw new TypeConversionException(value + " is none of lock, observe, none");
    }
  }
}
