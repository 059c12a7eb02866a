/**
 * Settings of a database and of roles in it, and the database's comment: what no dump of one
 * database holds.
 */
package dev.tsferry.runner.setting;
