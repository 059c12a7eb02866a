package dev.tsferry.cli.discovery.source;

/**
 * As whom to log in; what RDS leaves out is null.
 *
 * @param database the one that was made with the instance or cluster, or null
 * @param secretArn the secret in which RDS keeps the password, or null
 * @param secretKmsKeyArn the customer's key that encrypts it, or null
 * @param secretStatus such as {@code active}, {@code rotating} or {@code impaired}, or null
 */
public record Login(
    String database, String user, String secretArn, String secretKmsKeyArn, String secretStatus) {}
