/** Failures that a new session may get over, and how long that is tried. */
package dev.tsferry.runner.stream.loss;
