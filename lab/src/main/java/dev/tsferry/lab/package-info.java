/**
 * The lab: brings up an account in a box with a source and a target, compares what was carried, and
 * takes everything down.
 */
package dev.tsferry.lab;
