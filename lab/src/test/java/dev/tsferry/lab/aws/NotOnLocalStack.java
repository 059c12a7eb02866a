package dev.tsferry.lab.aws;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/**
 * Skips a test class, saying so, where {@code -Dlab.localstack=4.14.0} asks for the real LocalStack
 * image instead of the lab's own: for what that image lacks.
 *
 * @see <a href="https://docs.localstack.cloud/aws/services/">LocalStack's services</a>
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@DisabledIfSystemProperty(
    named = TestAccount.LOCALSTACK,
    matches = ".+",
    disabledReason =
        "LocalStack's community image has no RDS, runs no command on a host, and knows no ingress"
            + " rule, launch template or SSM document in a stack")
public @interface NotOnLocalStack {}
