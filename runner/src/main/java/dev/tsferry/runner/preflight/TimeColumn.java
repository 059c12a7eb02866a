package dev.tsferry.runner.preflight;

/**
 * A column as the catalogue has it.
 *
 * @param number {@code attnum}
 * @param generated whether its values are computed
 * @param type {@code typname}
 */
record TimeColumn(int number, boolean generated, String type) {}
