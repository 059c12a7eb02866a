package dev.tsferry.cli.discovery.finding;

import static java.util.Objects.requireNonNull;

/**
 * Something that was chosen for the user, and why; for people who sign plans.
 *
 * @param what such as {@code subnet}
 * @param choice such as {@code subnet-0abc (private-a, eu-west-1a)}
 * @param why such as {@code the database's zone}
 */
public record Decision(String what, String choice, String why) {
  public Decision {
    requireNonNull(what, "what is null");
    requireNonNull(choice, "choice is null");
    requireNonNull(why, "why is null");
  }
}
