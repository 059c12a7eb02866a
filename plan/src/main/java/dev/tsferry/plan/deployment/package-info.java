/** What infra, the command and the host agree on by name: stack outputs, tags, paths and units. */
package dev.tsferry.plan.deployment;
