package dev.tsferry.runner.dump;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The one digest in use. */
final class Digests {
  private Digests() {}

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
