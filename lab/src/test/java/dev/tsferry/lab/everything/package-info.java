/** A database with an object of every kind, carried by the product and compared on both sides. */
package dev.tsferry.lab.everything;
