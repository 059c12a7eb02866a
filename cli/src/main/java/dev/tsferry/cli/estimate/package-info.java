/** What a migration is likely to cost and how long it is likely to take, told by its plan. */
package dev.tsferry.cli.estimate;
