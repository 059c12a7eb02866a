package dev.tsferry.infra;

import java.util.List;
import java.util.Map;
import software.amazon.awscdk.services.ssm.CfnDocument;
import software.constructs.Construct;

/**
 * The SSM document through which every command reaches the host, so that an operator's right to
 * send commands can be limited to this document and this instance instead of {@code
 * AWS-RunShellScript} everywhere. Whoever may send it acts as root on the host, and so has both
 * databases' passwords.
 *
 * <p>The script comes as base64, which the allowed pattern enforces, so that nothing of it is ever
 * read as shell text where SSM interpolates it. Exit codes 194 (SSM reboots the host and runs the
 * command again) and 137 (SSM reports a timeout) never leave the host.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/systems-manager/latest/userguide/documents-schemas-features.html">Schema
 *     2.2</a>
 */
final class CommandDocument extends Construct {
  // The agent silently takes an hour for anything out of range.
  private static final String SECONDS =
      "^([5-9]|[1-9][0-9]{1,4}|1[0-6][0-9]{4}|17[01][0-9]{3}|172[0-7][0-9]{2}|172800)$";

  private final CfnDocument document;

  CommandDocument(Construct scope, String id) {
    super(scope, id);
    document =
        CfnDocument.Builder.create(this, "Document")
            .documentType("Command")
            .documentFormat("JSON")
            .targetType("/AWS::EC2::Instance")
            .updateMethod("Replace")
            .content(content())
            .build();
  }

  String name() {
    return document.getRef();
  }

  private static Map<String, Object> content() {
    return Map.of(
        "schemaVersion",
        "2.2",
        "description",
        "tsferry: runs a script on the migration host",
        "parameters",
        Map.of(
            "script",
                Map.of(
                    "type", "String",
                    "description", "bash script in base64",
                    "allowedPattern", "^[A-Za-z0-9+/=]+$"),
            "executionTimeout",
                Map.of(
                    "type", "String",
                    "description", "seconds after which the script is killed, 5 to 172800",
                    "default", "600",
                    "allowedPattern", SECONDS)),
        "mainSteps",
        List.of(
            Map.of(
                "action",
                "aws:runShellScript",
                "name",
                "run",
                "inputs",
                Map.of("timeoutSeconds", "{{ executionTimeout }}", "runCommand", runScript()))));
  }

  private static List<String> runScript() {
    return List.of(
        "#!/bin/bash",
        "set -euo pipefail",
        "umask 077",
        "script=$(mktemp)",
        "trap 'rm -f \"$script\"' EXIT",
        "base64 -d > \"$script\" <<'SCRIPT'",
        "{{ script }}",
        "SCRIPT",
        "code=0",
        "bash \"$script\" || code=$?",
        "case $code in 137|194) code=1 ;; esac",
        "exit $code");
  }
}
