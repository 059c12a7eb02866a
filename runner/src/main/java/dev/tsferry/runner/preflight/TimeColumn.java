package dev.tsferry.runner.preflight;

/**
 * A column as the catalogue has it.
 *
 * @param number {@code attnum}
 * @param notNull whether it can hold no null
 * @param generated whether its values are computed
 * @param type {@code typname}
 */
record TimeColumn(int number, boolean notNull, boolean generated, String type) {}
