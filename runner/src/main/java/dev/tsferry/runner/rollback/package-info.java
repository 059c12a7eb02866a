/** Takes back what a run created on the target, and nothing that was there before. */
package dev.tsferry.runner.rollback;
