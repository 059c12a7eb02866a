/** Compares the two databases after the load: every table's rows, every sequence. */
package dev.tsferry.runner.verify;
