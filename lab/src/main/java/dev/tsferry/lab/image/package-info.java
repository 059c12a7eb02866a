/** The lab's container images, by name. */
package dev.tsferry.lab.image;
