package dev.tsferry.plan;

/** A number with what it counts, so that one thing is not called "1 things". */
public final class Counted {
  private Counted() {}

  /**
   * Such as {@code 1 statement} or {@code 1,204 statements}.
   *
   * @param singular what is counted, by a word that has its plural with an s
   */
  public static String of(long number, String singular) {
    return "%,d %s%s".formatted(number, singular, number == 1 ? "" : "s");
  }
}
