/**
 * What discovery comes upon: problems, warnings, decisions with their reasons, and questions that
 * only a person can answer. Collected, so that all of it is said at once.
 */
package dev.tsferry.cli.discovery.finding;
