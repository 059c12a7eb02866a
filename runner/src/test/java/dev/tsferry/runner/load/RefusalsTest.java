package dev.tsferry.runner.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tsferry.runner.dump.SchemaStatement;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class RefusalsTest {
  private static final SchemaStatement FUNCTION =
      new SchemaStatement("CREATE FUNCTION \"f\"() RETURNS integer LANGUAGE \"c\" AS 'x';");
  private static final SchemaStatement TABLE = new SchemaStatement("CREATE TABLE \"t\" ();");

  @Test
  void isRefusal_superusersObject_andWhatFollowsFromIt() {
    Refusals refusals = new Refusals(true);

    assertThat(refusals.isRefusal(TABLE, error("42704"))).isFalse();
    assertThat(refusals.isRefusal(FUNCTION, error("42501"))).isTrue();
    assertThat(refusals.isRefusal(TABLE, error("42704"))).isTrue();
  }

  @Test
  void isRefusal_tableThatMayNotBeCreated_isAFailure() {
    assertThat(new Refusals(true).isRefusal(TABLE, error("42501"))).isFalse();
  }

  @Test
  void isRefusal_nothingNeedsASuperuser_everythingIsAFailure() {
    assertThat(new Refusals(false).isRefusal(FUNCTION, error("42501"))).isFalse();
  }

  @Test
  void isRefusal_brokenKey_isAFailureEvenAfterARefusal() {
    Refusals refusals = new Refusals(true).after(true);

    assertThat(refusals.isRefusal(TABLE, error("23505"))).isFalse();
    assertThat(refusals.isRefusal(TABLE, error("42P01"))).isTrue();
  }

  private static SQLException error(String state) {
    return new SQLException("x", state);
  }
}
