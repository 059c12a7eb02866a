/**
 * The lab's two database servers, the databases to carry between them, and a comparison of the two
 * sides that shares nothing with the product's own.
 */
package dev.tsferry.lab.database;
