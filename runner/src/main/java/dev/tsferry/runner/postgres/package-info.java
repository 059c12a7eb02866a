/**
 * The two servers: sessions, facts, passwords for PostgreSQL's programs, and what their error
 * messages mean.
 */
package dev.tsferry.runner.postgres;
