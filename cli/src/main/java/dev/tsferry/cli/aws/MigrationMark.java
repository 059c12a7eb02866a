package dev.tsferry.cli.aws;

import static java.util.Objects.requireNonNull;

import dev.tsferry.plan.deployment.ResourceNames;
import java.util.Optional;
import software.amazon.awssdk.services.ec2.model.Filter;

/**
 * How things of one migration are told from others: by the tag where they have one, else by a name
 * that begins with the stack's.
 *
 * @param name the migration's name
 */
record MigrationMark(String name) {
  // CloudFormation cuts a long stack's name to so many characters in the names that it makes.
  private static final int LEAST_OF_STACK_NAME = 24;

  MigrationMark {
    requireNonNull(name, "name is null");
  }

  String stack() {
    return ResourceNames.stack(name);
  }

  /** EC2's filter for things with the tag. */
  Filter filter() {
    return Filter.builder().name("tag:" + ResourceNames.TAG).values(name).build();
  }

  /**
   * Whether a thing is the migration's. A name alone does not tell "orders" from "orders-db".
   *
   * @param resource its name
   * @param tag its value of the migration's tag, where it has that tag
   */
  boolean on(String resource, Optional<String> tag) {
    return tag.map(name::equals).orElseGet(() -> named(resource));
  }

  /** Whether a name may have been made for the stack, cut or not. */
  boolean mayBeOn(String resource) {
    String cut = stack().substring(0, Math.min(stack().length(), LEAST_OF_STACK_NAME));
    return resource.startsWith(cut);
  }

  private boolean named(String resource) {
    return resource.equals(stack()) || resource.startsWith(stack() + "-");
  }

  /** Whether a text has the stack's name as a whole word. */
  boolean mentionedIn(String text) {
    return (" " + text + " ").matches("(?s).*[^a-z0-9-]" + stack() + "[^a-z0-9-].*");
  }
}
