/** Follows a run from poll to poll until it ends, whatever happens to the connection in between. */
package dev.tsferry.cli.follow;
