/** Looks for what a migration left in the account after its stack is gone. */
package dev.tsferry.cli.teardown;
