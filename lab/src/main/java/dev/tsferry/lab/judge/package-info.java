/**
 * Judges a carried database by what PostgreSQL's own programs say of both sides, and by what the
 * report of the run announced; shares nothing with the product but the report's format.
 */
package dev.tsferry.lab.judge;
