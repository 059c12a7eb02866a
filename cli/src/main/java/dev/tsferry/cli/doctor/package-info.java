/** Looks whether this machine and these credentials can carry a migration, before one is needed. */
package dev.tsferry.cli.doctor;
