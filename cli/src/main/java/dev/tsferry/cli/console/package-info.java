/** What the command is typed on: prompts, terminal or not, and Ctrl-C. */
package dev.tsferry.cli.console;
