/**
 * Loads a schema into the target statement by statement: what fails is named, what the target's
 * user may not make is handed over.
 */
package dev.tsferry.runner.load;
