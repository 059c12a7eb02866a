/**
 * Reads what pg_dump and pg_dumpall write as text, statement by statement, and rewrites what the
 * target would refuse. Knows no database.
 */
package dev.tsferry.runner.dump;
