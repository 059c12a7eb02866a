/** Files that a crash leaves whole. */
package dev.tsferry.runner.file;
