package dev.tsferry.plan;

/**
 * The customer's own KMS keys for what the stack stores besides its volumes, whose keys are named
 * with them.
 *
 * @param secretsKmsKeyArn encrypts the secrets that the stack makes, or null for the account's key
 * @param bucketKmsKeyArn encrypts the push bucket, or null for S3's own key
 */
public record CustomerKeys(String secretsKmsKeyArn, String bucketKmsKeyArn) {}
