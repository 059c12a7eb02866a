/**
 * One class for each command that a person types: reads options, asks a use case, prints the result
 * to standard output and everything else to standard error.
 */
package dev.tsferry.cli.command;
