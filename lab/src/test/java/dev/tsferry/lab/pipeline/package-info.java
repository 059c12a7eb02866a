/** The pipeline against real servers: carried, killed, taken up again and compared. */
package dev.tsferry.lab.pipeline;
