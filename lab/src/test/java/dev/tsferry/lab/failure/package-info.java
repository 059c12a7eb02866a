/** Whatever fails in whichever step: the message helps, and the run goes on or is taken back. */
package dev.tsferry.lab.failure;
