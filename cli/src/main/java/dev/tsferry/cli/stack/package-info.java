/**
 * The migration host's stack: finding it, deploying and destroying it with the CDK command, and
 * filling its secrets.
 */
package dev.tsferry.cli.stack;
