/**
 * What the target refuses: tried statement by statement, kept in the ledger with the server's
 * reason, and handed over as a script.
 */
package dev.tsferry.runner.handover;
