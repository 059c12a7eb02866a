/** Time as the waiting parts see it, so that tests need not wait. */
package dev.tsferry.cli.time;
