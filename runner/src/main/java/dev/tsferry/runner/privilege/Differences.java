package dev.tsferry.runner.privilege;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Compares who may do what on both sides, after all was done, catalogue to catalogue. */
final class Differences {
  private final RoleMapping roles;
  private final AclTranslation translation;
  private final Set<String> known;

  Differences(RoleMapping roles, AclTranslation translation, Set<String> known) {
    this.roles = roles;
    this.translation = translation;
    this.known = Set.copyOf(known);
  }

  /**
   * Differences in words, such as {@code table "shop"."orders": alice lacks INSERT}.
   *
   * @param explained objects on which something was refused and told already
   */
  List<String> find(
      List<CatalogObject> source, Map<ObjectKey, CatalogObject> target, Set<ObjectKey> explained) {
    List<String> found = new ArrayList<>();
    for (CatalogObject object : source) {
      CatalogObject there = target.get(object.key());
      if (object.provided() || explained.contains(object.key())) {
        continue;
      }
      if (there == null) {
        found.add("%s: is not on the target".formatted(object.key()));
        continue;
      }
      Ownership.newOwner(roles, object, there)
          .ifPresent(
              owner ->
                  found.add(
                      "%s: belongs to %s, not to %s"
                          .formatted(object.key(), there.owner(), owner)));
      compare(object, there, found);
    }
    return found;
  }

  private void compare(CatalogObject object, CatalogObject there, List<String> found) {
    Acl current = translation.known(Acl.of(there.acl()));
    Acl wanted =
        translation
            .wanted(Acl.of(object.acl()), object.owner(), current, there.owner())
            .acl()
            .effective()
            // What the target's owner has where the source's is another one.
            .only(entry -> known.contains(entry.grantee()));
    Acl is = current.effective().only(entry -> known.contains(entry.grantee()));
    words(object, wanted.minus(is), "lacks", found);
    words(object, is.minus(wanted), "has on the target only", found);
  }

  private static void words(CatalogObject object, Acl acl, String verb, List<String> found) {
    Set<String> texts = new TreeSet<>();
    acl.entries()
        .forEach(
            (entry, grantable) ->
                texts.add(
                    "%s: %s %s %s%s%s"
                        .formatted(
                            object.key(),
                            entry.grantee().equals(AclItem.PUBLIC) ? "PUBLIC" : entry.grantee(),
                            verb,
                            entry.privilege(),
                            entry.column() == null ? "" : " on column " + entry.column(),
                            grantable ? " with grant option" : "")));
    found.addAll(texts);
  }
}
