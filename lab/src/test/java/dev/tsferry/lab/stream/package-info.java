/** Data mode stream against real servers. */
package dev.tsferry.lab.stream;
