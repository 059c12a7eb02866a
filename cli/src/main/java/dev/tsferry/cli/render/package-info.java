/** Draws plans, runs, reports and durations as text for people. */
package dev.tsferry.cli.render;
