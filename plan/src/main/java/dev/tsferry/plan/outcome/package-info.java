/**
 * How a command or a run ended: exit codes, error codes and the exception that carries a worded
 * failure. Shared by the command and the runner, so that both speak one language.
 */
package dev.tsferry.plan.outcome;
