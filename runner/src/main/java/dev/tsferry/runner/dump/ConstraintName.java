package dev.tsferry.runner.dump;

import dev.tsferry.plan.TableName;

/** A constraint of a table. */
public record ConstraintName(TableName table, String name) {}
