/**
 * The migration host through SSM Run Command: short idempotent scripts that prepare it, push the
 * runner, start and cancel the run, and read where it stands.
 */
package dev.tsferry.cli.host;
