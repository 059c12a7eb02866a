package dev.tsferry.plan.check;

import java.util.List;

/**
 * What is known of the target's roles and their passwords; never with a password.
 *
 * @param version version of this format
 * @param roles roles that log in and whose password the target's user may set, by their names
 * @param given of these, the roles that were given a password now
 * @param refused roles that the server refused to give one, with its reason
 */
public record PasswordReport(
    int version, List<String> roles, List<String> given, List<Refused> refused) {

  public static final int VERSION = 1;

  public PasswordReport {
    roles = List.copyOf(roles);
    given = List.copyOf(given);
    refused = List.copyOf(refused);
  }

  /** A role and why it was refused. */
  public record Refused(String role, String reason) {}
}
