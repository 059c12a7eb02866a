package dev.tsferry.runner.privilege;

import dev.tsferry.runner.postgres.Session;
import dev.tsferry.runner.preflight.UserObjects;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads owners and privileges from a server's catalogue. */
public final class PrivilegeCatalog {
  private static final String DOING = "reading owners and privileges of the %s";

  private final Session session;
  private final String doing;

  /**
   * @param session is set to quote every name from now on
   */
  public PrivilegeCatalog(Session session) {
    this.session = session;
    this.doing = DOING.formatted(session.side().word());
    session.execute(doing, "set quote_all_identifiers = on");
  }

  private record Entry(String place, boolean initial, AclItem item) {}

  private record DefaultsOf(String role, String schema, String objects) {}

  /** All of it, as of now or of the session's snapshot. */
  public PrivilegeSnapshot read() {
    int version = (int) session.number(doing, "select current_setting('server_version_num')::int");
    return new PrivilegeSnapshot(version, objects(), defaults(), memberships(version));
  }

  private List<CatalogObject> objects() {
    String chunk = UserObjects.chunk(session);
    Map<String, List<AclItem>> acls = new LinkedHashMap<>();
    Map<String, List<AclItem>> initial = new LinkedHashMap<>();
    for (Entry entry :
        session.list(
            doing,
            CatalogQueries.privileges(chunk),
            row ->
                new Entry(
                    row.getString(1),
                    row.getBoolean(6),
                    new AclItem(
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        List.of(row.getString(5).split(",")))))) {
      (entry.initial() ? initial : acls)
          .computeIfAbsent(entry.place(), place -> new ArrayList<>())
          .add(entry.item());
    }
    return session.list(
        doing,
        CatalogQueries.objects(chunk),
        row ->
            new CatalogObject(
                ObjectKind.valueOf(row.getString(2)),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getBoolean(6),
                row.getBoolean(7),
                acls.getOrDefault(row.getString(1), List.of()),
                initial.getOrDefault(row.getString(1), List.of())));
  }

  private List<DefaultAcl> defaults() {
    Map<DefaultsOf, List<AclItem>> entries = new LinkedHashMap<>();
    session.list(
        doing,
        CatalogQueries.DEFAULTS,
        row -> {
          List<AclItem> items =
              entries.computeIfAbsent(
                  new DefaultsOf(row.getString(1), row.getString(2), row.getString(3)),
                  key -> new ArrayList<>());
          // An entry that gives nobody anything has a row without a grantor.
          return row.getString(4) != null
              && items.add(
                  new AclItem(
                      null,
                      row.getString(4),
                      row.getString(5),
                      List.of(row.getString(6).split(","))));
        });
    return entries.entrySet().stream()
        .map(
            e ->
                new DefaultAcl(
                    e.getKey().role(), e.getKey().schema(), e.getKey().objects(), e.getValue()))
        .toList();
  }

  /** Who is a member of what. */
  List<Membership> memberships(int version) {
    return session.list(
        doing,
        CatalogQueries.memberships(version),
        row ->
            new Membership(
                row.getString(1),
                row.getString(2),
                row.getBoolean(3),
                row.getBoolean(4),
                row.getBoolean(5)));
  }
}
