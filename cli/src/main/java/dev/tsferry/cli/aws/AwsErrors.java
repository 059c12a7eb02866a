package dev.tsferry.cli.aws;

import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.plan.outcome.MigrationException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;

/**
 * Turns what the SDK throws into worded failures: which call, for what, why AWS refused, and the
 * IAM action where a right is missing.
 */
final class AwsErrors {
  private static final Set<String> DENIED =
      Set.of(
          "AccessDenied",
          "AccessDeniedException",
          "AuthorizationError",
          "UnauthorizedOperation",
          "UnauthorizedAccess");
  private static final Set<String> EXPIRED =
      Set.of("ExpiredToken", "ExpiredTokenException", "RequestExpired");
  private static final Set<String> UNKNOWN_KEY =
      Set.of(
          "AuthFailure",
          "InvalidAccessKeyId",
          "InvalidClientTokenId",
          "SignatureDoesNotMatch",
          "UnrecognizedClientException");
  private static final Pattern ACTION =
      Pattern.compile("not authorized to perform: ([A-Za-z0-9-]+:[A-Za-z0-9*]+)");

  private AwsErrors() {}

  /**
   * Makes {@code call} and translates its failure.
   *
   * @param action the IAM action of the call, such as {@code rds:DescribeDBInstances}
   * @param doing what it is for, such as {@code looking up the DB instance orders-db}
   */
  static <T> T call(String action, String doing, Supplier<T> call) {
    try {
      return call.get();
    } catch (AwsServiceException e) {
      throw service(action, doing, e);
    } catch (SdkClientException e) {
      throw client(doing, e);
    }
  }

  private static MigrationException service(String action, String doing, AwsServiceException e) {
    String code = e.awsErrorDetails() == null ? "" : e.awsErrorDetails().errorCode();
    String errorCode = code == null ? "" : code;
    if (DENIED.contains(errorCode) || (e.statusCode() == 403 && errorCode.isEmpty())) {
      String denied = deniedAction(e.getMessage(), action);
      return new MigrationException(
          ErrorCode.AWS_DENIED,
          doing + ": AWS denied " + denied,
          e,
          "allow " + denied + " to the user or role that the credentials belong to");
    }
    if (EXPIRED.contains(errorCode)) {
      return expired(doing, e);
    }
    if (UNKNOWN_KEY.contains(errorCode)) {
      return new MigrationException(
          ErrorCode.AWS_NO_CREDENTIALS,
          doing + ": AWS does not accept the credentials (" + errorCode + ")",
          e,
          "aws sts get-caller-identity");
    }
    if (e.isThrottlingException() || errorCode.toLowerCase(Locale.ROOT).contains("throttl")) {
      return new MigrationException(
          ErrorCode.AWS_THROTTLED,
          doing + ": AWS throttled " + action + " and went on doing so",
          e,
          "try again in a minute");
    }
    return new MigrationException(
        ErrorCode.AWS_FAILED, doing + ": " + action + " failed: " + reason(e, errorCode), e);
  }

  private static MigrationException client(String doing, SdkClientException e) {
    String message = String.valueOf(e.getMessage());
    if (message.contains("Unable to load region")) {
      return new MigrationException(
          ErrorCode.AWS_NO_REGION,
          doing + ": no region is set",
          e,
          "give --region, or set AWS_REGION, or choose a profile with AWS_PROFILE");
    }
    if (message.contains("expired")) {
      return expired(doing, e);
    }
    if (message.contains("Unable to load credentials") || message.contains("Profile file")) {
      return new MigrationException(
          ErrorCode.AWS_NO_CREDENTIALS,
          doing + ": no AWS credentials were found",
          e,
          "set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY",
          "aws sts get-caller-identity");
    }
    return new MigrationException(
        ErrorCode.AWS_FAILED, doing + ": AWS could not be reached: " + network(e), e);
  }

  private static MigrationException expired(String doing, Exception e) {
    return new MigrationException(
        ErrorCode.AWS_NO_CREDENTIALS,
        doing + ": the AWS credentials have expired",
        e,
        "get new ones, for example with \"aws sso login\", and repeat the command");
  }

  private static String deniedAction(String message, String action) {
    Matcher matcher = ACTION.matcher(String.valueOf(message));
    return matcher.find() ? matcher.group(1) : action;
  }

  private static String reason(AwsServiceException e, String errorCode) {
    String message = e.awsErrorDetails() == null ? null : e.awsErrorDetails().errorMessage();
    String text = message == null || message.isBlank() ? "HTTP " + e.statusCode() : message.strip();
    return errorCode.isEmpty() ? text : errorCode + ": " + text;
  }

  private static String network(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnknownHostException) {
        return "unknown host " + cause.getMessage();
      }
      if (cause instanceof ConnectException || cause instanceof SocketTimeoutException) {
        return cause.getMessage();
      }
    }
    return e.getMessage();
  }
}
