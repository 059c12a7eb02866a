package dev.tsferry.lab.database;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.condition.EnabledIf;
import org.testcontainers.DockerClientFactory;

/** Skips a test class, saying so, where no container engine answers. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@EnabledIf(
    value = "dev.tsferry.lab.database.RequiresContainerEngine$Engine#answers",
    disabledReason = "no container engine answers")
public @interface RequiresContainerEngine {

  /** The engine that Testcontainers would use. */
  final class Engine {
    private Engine() {}

    static boolean answers() {
      return DockerClientFactory.instance().isDockerAvailable();
    }
  }
}
