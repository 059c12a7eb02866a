/** What a check finds on real servers, and that a rollback leaves the target as it was. */
package dev.tsferry.lab.check;
