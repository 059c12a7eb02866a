/**
 * Runs PostgreSQL's programs: one way for all of them, with an explicit environment, drained pipes
 * and an end on cancellation.
 */
package dev.tsferry.runner.process;
