/** One AWS account in one region as the commands see it: what the use cases need, in one place. */
package dev.tsferry.cli.account;
