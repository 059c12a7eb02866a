/** The steps, one class each, and their order, written once. */
package dev.tsferry.runner.step;
