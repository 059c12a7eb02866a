/**
 * The same pipeline on the machine that the command is typed on, with no AWS: connection strings
 * in, the runner in this process.
 */
package dev.tsferry.cli.local;
