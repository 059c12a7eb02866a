/**
 * What a run tells its followers: events as JSON lines, and one state document that is always
 * current.
 */
package dev.tsferry.plan.event;
