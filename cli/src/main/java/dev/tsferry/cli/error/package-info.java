/** Failures as the user sees them: error, hint and log lines and the exit code. */
package dev.tsferry.cli.error;
