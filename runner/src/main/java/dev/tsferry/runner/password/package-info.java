/**
 * New passwords for the roles that were carried without one. Only what the server stores of a
 * password leaves this process.
 */
package dev.tsferry.runner.password;
