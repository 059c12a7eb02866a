package dev.tsferry.runner.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoginsTest {
  private final Logins logins = new Logins(() -> "secret");
  private final List<String> closed = new ArrayList<>();

  /** A connection that knows no more than how to be closed. */
  private Connection connection(String name) {
    return (Connection)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> {
              if (!method.getName().equals("close")) {
                throw new UnsupportedOperationException(method.getName());
              }
              return closed.add(name);
            });
  }

  @Test
  void forgetVisits_endsThoseThatWait_andKeepsNoneThatIsInUse() {
    IdleConnections before = logins.visits();
    before.keep(connection("waits"));

    logins.forgetVisits();

    assertThat(closed).containsExactly("waits");
    assertThat(before.keep(connection("was in use"))).isFalse();
    assertThat(logins.visits().take()).isEmpty();
    assertThat(logins.visits().keep(connection("new"))).isTrue();
    assertThat(logins.visits().take()).isPresent();
  }

  @Test
  void withoutConnections_keepsNone() {
    assertThat(logins.withoutConnections().visits().keep(connection("any"))).isFalse();
  }
}
