/**
 * Finds the source: an RDS instance, an Aurora cluster or a self-hosted server, by whatever name
 * its owner uses for it, and says whether it can be carried as it is now.
 */
package dev.tsferry.cli.discovery.source;
