package dev.tsferry.runner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tsferry.plan.DatabaseAddress;
import dev.tsferry.plan.Tls;
import dev.tsferry.plan.TlsMode;
import org.junit.jupiter.api.Test;

class CutoverMakerTest {

  @Test
  void uri_namesThatNeedEncoding_areEncoded_andNoPasswordIsThere() {
    assertThat(
            CutoverMaker.uri(
                new DatabaseAddress(
                    "t.test", 31000, "my db", "a@b", new Tls(TlsMode.REQUIRE, null))))
        .isEqualTo("postgres://a%40b@t.test:31000/my%20db?sslmode=require");
    assertThat(
            CutoverMaker.uri(
                new DatabaseAddress("::1", 5432, "tsdb", "u", new Tls(TlsMode.REQUIRE, null))))
        .isEqualTo("postgres://u@[::1]:5432/tsdb?sslmode=require");
  }
}
