/**
 * What survives: the run's files in the state directory, which are a view of the run, and its
 * ledger in the target, which is the truth.
 */
package dev.tsferry.runner.state;
