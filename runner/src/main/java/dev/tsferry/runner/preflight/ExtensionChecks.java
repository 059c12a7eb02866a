package dev.tsferry.runner.preflight;

import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.runner.postgres.Session;
import dev.tsferry.runner.preflight.SourceChecks.Extension;
import java.util.List;
import java.util.Optional;

/** Whether the source's extensions can be had on the target, in their schemas and versions. */
final class ExtensionChecks {
  private static final String DOING = "looking at the target's extensions";

  private final Session target;
  private final Findings findings;

  ExtensionChecks(Session target, Findings findings) {
    this.target = target;
    this.findings = findings;
  }

  /** What the target has of an extension; schema and version are null where it isn't created. */
  private record Offer(String defaultVersion, String version, String schema, boolean superuser) {}

  void check(List<Extension> wanted) {
    findings.info(
        "extensions",
        "source",
        wanted.isEmpty()
            ? "no extension but PL/pgSQL"
            : String.join(
                ", ",
                wanted.stream()
                    .map(e -> "%s %s in schema %s".formatted(e.name(), e.version(), e.schema()))
                    .toList()));
    for (Extension extension : wanted) {
      if (Extensions.SOURCE_ONLY.contains(extension.name())) {
        findings.warning(
            "extension-stays-behind",
            "extension " + extension.name(),
            "it exists only on the source's platform and stays behind",
            "see that nothing that is needed uses it");
      } else {
        offered(extension);
      }
    }
  }

  private void offered(Extension extension) {
    String subject = "extension " + extension.name();
    Optional<Offer> found = offer(extension.name());
    if (found.isEmpty()) {
      findings.error(
          "extension-unavailable",
          ErrorCode.TARGET_UNSUITABLE,
          subject,
          "extension %s of the source is not available on the target".formatted(extension.name()),
          "drop it from the source if it is not needed, or ask the target's support");
      return;
    }
    Offer offer = found.get();
    if (extension.name().equals("timescaledb")) {
      // Its schema and version matter in ways of their own, see TimescaleChecks.
      return;
    }
    if (offer.schema() != null && !offer.schema().equals(extension.schema())) {
      findings.error(
          "extension-schema",
          ErrorCode.TARGET_UNSUITABLE,
          subject,
          "it is in schema %s on the target and in %s on the source"
              .formatted(offer.schema(), extension.schema()),
          "drop the extension from the target, it is made anew where the source has it");
    }
    String version = offer.version() == null ? offer.defaultVersion() : offer.version();
    if (version != null && !version.equals(extension.version())) {
      findings.info(
          "extension-version",
          subject,
          "version %s on the source, %s on the target".formatted(extension.version(), version),
          "test what uses it with the target's version");
    }
    if (offer.schema() == null && offer.superuser()) {
      findings.warning(
          "extension-needs-superuser",
          subject,
          "only a superuser or the platform can create it, and the target doesn't have it yet",
          "create it from the service's console, or ask the target's support");
    }
  }

  private Optional<Offer> offer(String name) {
    // A list of the platform lets its owner create what otherwise needs a superuser.
    return target.first(
        DOING,
        """
        select a.default_version, e.extversion, n.nspname,
               coalesce((select bool_and(pg_catalog.to_jsonb(v) ->> 'superuser' = 'true'
                                         and coalesce(pg_catalog.to_jsonb(v) ->> 'trusted', 'false') = 'false')
                           from pg_catalog.pg_available_extension_versions v
                          where v.name = a.name and v.version = a.default_version), false)
               and not (select rolsuper from pg_catalog.pg_roles where rolname = current_user)
               and a.name <> all (pg_catalog.string_to_array(pg_catalog.replace(
                     coalesce(current_setting('extwlist.extensions', true), ''), ' ', ''), ','))
          from pg_catalog.pg_available_extensions a
          left join pg_catalog.pg_extension e on e.extname = a.name
          left join pg_catalog.pg_namespace n on n.oid = e.extnamespace
         where a.name = ?
        """,
        row -> new Offer(row.getString(1), row.getString(2), row.getString(3), row.getBoolean(4)),
        name);
  }
}
