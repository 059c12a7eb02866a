/** Undoes what a run changed for its own time only, whoever died when. */
package dev.tsferry.runner.undo;
