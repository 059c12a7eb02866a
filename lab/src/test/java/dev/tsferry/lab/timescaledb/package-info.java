/** A source that is TimescaleDB itself, carried by the guide's second procedure. */
package dev.tsferry.lab.timescaledb;
