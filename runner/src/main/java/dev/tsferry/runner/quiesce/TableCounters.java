package dev.tsferry.runner.quiesce;

import static java.util.Objects.requireNonNull;

/**
 * What the server's statistics say of a table at one moment.
 *
 * @param relation the table's object id
 * @param name schema and name, quoted
 * @param file the number of its file; another one after TRUNCATE and everything that rewrites it
 * @param locked whether it was locked against writes until this was read
 * @param inserted rows ever inserted, rolled back ones too
 * @param live rows that are there, as the statistics guess; rolled back ones are not
 * @param dead rows that are there no more and not yet removed
 * @param maintained how often it was vacuumed and analyzed, which changes the two guesses
 */
record TableCounters(
    long relation,
    String name,
    long file,
    boolean locked,
    long inserted,
    long updated,
    long deleted,
    long live,
    long dead,
    long maintained) {

  TableCounters {
    requireNonNull(name, "name is null");
  }

  TableCounters locked(boolean now) {
    return new TableCounters(
        relation, name, file, now, inserted, updated, deleted, live, dead, maintained);
  }
}
