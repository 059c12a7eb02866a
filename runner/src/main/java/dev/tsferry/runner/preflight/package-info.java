/** The questions asked of both databases before anything is written; every answer at once. */
package dev.tsferry.runner.preflight;
