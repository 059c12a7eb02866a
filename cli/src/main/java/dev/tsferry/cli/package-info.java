/**
 * The tsferry command: wires the parts together and starts them. Nothing else in this module knows
 * both the commands and the AWS SDK.
 */
package dev.tsferry.cli;
