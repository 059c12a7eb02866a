/**
 * The AWS SDK behind the interfaces that the use cases declare, and the translation of its
 * exceptions into worded failures. No other package sees an SDK type.
 */
package dev.tsferry.cli.aws;
