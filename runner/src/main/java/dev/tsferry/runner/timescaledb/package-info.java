/**
 * What a source or a target that has TimescaleDB needs besides: its version, restore mode,
 * background jobs, and a comparison of what only TimescaleDB's own catalogue knows.
 */
package dev.tsferry.runner.timescaledb;
