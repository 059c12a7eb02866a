package dev.tsferry.cli.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.plan.outcome.MigrationException;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.rds.model.RdsException;

class AwsErrorsTest {
  private static final String DOING = "looking up the DB instance orders-db";

  private static MigrationException translated(RuntimeException thrown) {
    return catchThrowableOfType(
        MigrationException.class,
        () ->
            AwsErrors.call(
                "rds:DescribeDBInstances",
                DOING,
                () -> {
                  throw thrown;
                }));
  }

  private static AwsServiceException service(String code, String message, int status) {
    return RdsException.builder()
        .message(message)
        .statusCode(status)
        .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).errorMessage(message).build())
        .build();
  }

  private static void assertTranslated(RuntimeException thrown, ErrorCode code, String message) {
    MigrationException failure = translated(thrown);
    assertThat(failure.code()).isEqualTo(code);
    assertThat(failure).hasMessage(message).hasCause(thrown);
  }

  @Test
  void call_denied_namesTheActionThatAwsNames() {
    RuntimeException thrown =
        service(
            "AccessDenied",
            "User: arn:aws:iam::1:user/x is not authorized to perform: rds:DescribeDBClusters on resource: *",
            403);

    assertTranslated(thrown, ErrorCode.AWS_DENIED, DOING + ": AWS denied rds:DescribeDBClusters");
    assertThat(translated(thrown).hints())
        .containsExactly(
            "allow rds:DescribeDBClusters to the user or role that the credentials belong to");
  }

  @Test
  void call_deniedWithoutAction_namesTheActionOfTheCall() {
    assertTranslated(
        service("UnauthorizedOperation", "You are not authorized to perform this operation.", 403),
        ErrorCode.AWS_DENIED,
        DOING + ": AWS denied rds:DescribeDBInstances");
  }

  @Test
  void call_expiredToken_saysSo() {
    assertTranslated(
        service("ExpiredToken", "The security token included in the request is expired", 403),
        ErrorCode.AWS_NO_CREDENTIALS,
        DOING + ": the AWS credentials have expired");
  }

  @Test
  void call_unknownKey_saysSo() {
    assertTranslated(
        service("InvalidClientTokenId", "The security token is invalid", 403),
        ErrorCode.AWS_NO_CREDENTIALS,
        DOING + ": AWS does not accept the credentials (InvalidClientTokenId)");
  }

  @Test
  void call_throttled_saysSo() {
    assertTranslated(
        service("ThrottlingException", "Rate exceeded", 400),
        ErrorCode.AWS_THROTTLED,
        DOING + ": AWS throttled rds:DescribeDBInstances and went on doing so");
  }

  @Test
  void call_otherServiceError_keepsItsWords() {
    assertTranslated(
        service("InternalFailure", "something broke", 500),
        ErrorCode.AWS_FAILED,
        DOING + ": rds:DescribeDBInstances failed: InternalFailure: something broke");
  }

  @Test
  void call_noCredentials_saysHowToSetThem() {
    SdkClientException thrown =
        SdkClientException.create(
            "Unable to load credentials from any of the providers in the chain");

    assertTranslated(
        thrown, ErrorCode.AWS_NO_CREDENTIALS, DOING + ": no AWS credentials were found");
    assertThat(translated(thrown).hints()).hasSize(2);
  }

  @Test
  void call_noRegion_saysHowToSetIt() {
    assertTranslated(
        SdkClientException.create("Unable to load region from any of the providers in the chain"),
        ErrorCode.AWS_NO_REGION,
        DOING + ": no region is set");
  }

  @Test
  void call_expiredSession_saysSo() {
    assertTranslated(
        SdkClientException.create("The SSO session associated with this profile has expired"),
        ErrorCode.AWS_NO_CREDENTIALS,
        DOING + ": the AWS credentials have expired");
  }

  @Test
  void call_noNetwork_namesTheHost() {
    assertTranslated(
        SdkClientException.create(
            "Received an UnknownHostException", new UnknownHostException("rds.test")),
        ErrorCode.AWS_FAILED,
        DOING + ": AWS could not be reached: unknown host rds.test");
  }
}
