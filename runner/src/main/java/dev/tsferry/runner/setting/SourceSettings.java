package dev.tsferry.runner.setting;

import com.fasterxml.jackson.core.JacksonException;
import dev.tsferry.plan.Json;
import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.plan.outcome.MigrationException;
import dev.tsferry.runner.postgres.Server;
import dev.tsferry.runner.postgres.Session;
import dev.tsferry.runner.privilege.PrivilegeCatalog;
import dev.tsferry.runner.privilege.PrivilegeSnapshot;
import java.io.IOException;
import java.util.List;

/**
 * What of the source is in no dump: a file of the dump, so that the source isn't needed any more
 * when it is applied.
 *
 * @param version version of this format
 * @param databaseComment null where there is none
 */
public record SourceSettings(
    int version, PrivilegeSnapshot privileges, List<Setting> settings, String databaseComment) {
  private static final int VERSION = 1;
  private static final String DOING = "reading the source's privileges and settings";

  public SourceSettings {
    settings = List.copyOf(settings);
  }

  /** Reads the source in an exported snapshot. */
  public static SourceSettings inSnapshot(Server source, String snapshot) {
    try (Session session = source.connect("settings")) {
      session.execute(DOING, "begin isolation level repeatable read read only");
      session.execute(DOING, "set transaction snapshot '%s'".formatted(snapshot));
      return read(session);
    }
  }

  /** Reads the source as it is now. */
  public static SourceSettings now(Server source) {
    try (Session session = source.connect("settings")) {
      return read(session);
    }
  }

  /**
   * Reads what {@link #json} wrote.
   *
   * @throws MigrationException {@code STATE_MISMATCH} if it is something else
   */
  public static SourceSettings ofJson(byte[] json) throws IOException {
    try {
      return Json.lenient().readValue(json, SourceSettings.class);
    } catch (JacksonException e) {
      throw new MigrationException(
          ErrorCode.STATE_MISMATCH,
          DOING + ": the dump's file is damaged or of another version",
          e,
          "remove the dump directory and run again, the source is read anew");
    }
  }

  public byte[] json() throws IOException {
    return Json.lenient().writeValueAsBytes(this);
  }

  private static SourceSettings read(Session session) {
    return new SourceSettings(
        VERSION,
        new PrivilegeCatalog(session).read(),
        SettingCatalog.read(session),
        SettingCatalog.comment(session));
  }
}
