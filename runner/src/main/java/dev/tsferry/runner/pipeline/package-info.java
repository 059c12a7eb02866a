/** What a step is, and what runs steps: journal, events, timing and cancellation in one place. */
package dev.tsferry.runner.pipeline;
