package dev.tsferry.plan.deployment;

/**
 * The names and the tag by which what a migration creates in the account is recognised, while it is
 * there and when it should be gone.
 */
public final class ResourceNames {
  /** Tag key on every resource of a migration; its value is the migration's name. */
  public static final String TAG = "tsferry:migration";

  private ResourceNames() {}

  /** Name of the CloudFormation stack of the migration called {@code name}. */
  public static String stack(String name) {
    return "tsferry-" + name;
  }

  /** How the name of the secret with the source's password begins, where the stack makes one. */
  public static String sourceSecret(String name) {
    return "tsferry/" + name + "/source";
  }

  /** How the name of the secret with the target's password begins. */
  public static String targetSecret(String name) {
    return "tsferry/" + name + "/target";
  }
}
