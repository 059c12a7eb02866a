/**
 * Keeps the source from being written to while it is carried, as far as rights allow, and finds out
 * what was written all the same.
 */
package dev.tsferry.runner.quiesce;
