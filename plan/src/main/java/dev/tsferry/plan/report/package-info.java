/** What a finished run says of itself: the migration report. */
package dev.tsferry.plan.report;
