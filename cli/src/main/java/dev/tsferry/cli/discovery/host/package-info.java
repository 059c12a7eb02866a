/** Sizes the migration host by the database that it is to carry, and finds its image. */
package dev.tsferry.cli.discovery.host;
