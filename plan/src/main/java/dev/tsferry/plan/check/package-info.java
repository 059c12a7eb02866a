/** What a look at both databases found, and what a rollback would do: documents for the command. */
package dev.tsferry.plan.check;
