package dev.tsferry.plan;

/**
 * An encrypted gp3 volume.
 *
 * @param sizeGib 8 to 65,536 GiB
 * @param iops 3,000 to 80,000 operations per second
 * @param throughputMibps 125 to 2,000 MiB per second
 * @param kmsKeyArn the customer's key, or null for the account's default one
 * @see <a href="https://docs.aws.amazon.com/ebs/latest/userguide/general-purpose.html">gp3</a>
 */
public record Volume(int sizeGib, int iops, int throughputMibps, String kmsKeyArn) {

  /** The same, encrypted with another key; null for the account's default one. */
  public Volume with(String otherKmsKeyArn) {
    return new Volume(sizeGib, iops, throughputMibps, otherKmsKeyArn);
  }
}
