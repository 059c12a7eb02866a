package dev.tsferry.cli.aws;

import static java.util.Objects.requireNonNull;

import dev.tsferry.cli.teardown.Leftover;
import java.util.List;
import java.util.function.Supplier;

/**
 * One kind of thing to look for.
 *
 * @param what in the plural, such as {@code volumes}
 * @param action the IAM action that it takes
 * @param look lists those of the migration
 */
record Look(String what, String action, Supplier<List<Leftover>> look) {
  Look {
    requireNonNull(what, "what is null");
    requireNonNull(action, "action is null");
    requireNonNull(look, "look is null");
  }
}
