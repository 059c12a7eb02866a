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
  private final SkippedExtensions skipped;
  private final Findings findings;

  ExtensionChecks(Session target, SkippedExtensions skipped, Findings findings) {
    this.target = target;
    this.skipped = skipped;
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
      Optional<String> reason = skipped.reason(extension.name());
      if (reason.isEmpty() || extension.name().equals("timescaledb")) {
        offered(extension);
      } else {
        findings.warning(
            "extension-stays-behind",
            "extension " + extension.name(),
            reason.get() + ": it stays behind, and so does what can't be made without it",
            "see that nothing that is needed uses it");
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
          "drop it from the source if it is not needed, ask the target's support, or leave it out with --skip-extension "
              + extension.name());
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
          offer.superuser()
              ? "have the target's support make it in schema %s instead, or leave it out with --skip-extension %s"
                  .formatted(extension.schema(), extension.name())
              : "drop the extension from the target, it is made anew where the source has it");
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
      findings.error(
          "extension-needs-superuser",
          ErrorCode.TARGET_UNSUITABLE,
          subject,
          "only a superuser or the platform can create extension %s, and the target doesn't have it yet"
              .formatted(extension.name()),
          "create it on the target from the service's console, have its support create it, or leave it out with --skip-extension "
              + extension.name());
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
