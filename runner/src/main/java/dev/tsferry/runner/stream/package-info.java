/**
 * Data mode {@code stream}: rows go from server to server through the runner's memory, each exactly
 * once, digested while they flow.
 */
package dev.tsferry.runner.stream;
