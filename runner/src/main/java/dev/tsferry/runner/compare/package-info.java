/**
 * Compares the two databases' catalogues object by object, and says of each difference whether it
 * was to be expected, was handed over to the operator, or is wrong.
 */
package dev.tsferry.runner.compare;
