package dev.tsferry.cli.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class ClientChoiceTest {
  private static OptionalInt notAsked() {
    throw new AssertionError("there is nothing to choose");
  }

  private static Supplier<OptionalInt> server(int major) {
    return () -> OptionalInt.of(major);
  }

  @Test
  void major_oneInstalled_takesItWithoutAsking() {
    assertThat(
            ClientChoice.major(List.of(15), ClientChoiceTest::notAsked, ClientChoiceTest::notAsked))
        .isEqualTo(15);
  }

  @Test
  void major_several_takesNewestNotNewerThanTarget() {
    assertThat(ClientChoice.major(List.of(14, 15, 17, 18), server(15), server(17))).isEqualTo(17);
    assertThat(ClientChoice.major(List.of(15, 18), server(15), server(17))).isEqualTo(15);
  }

  @Test
  void major_noneFitsOrUnknown_takesNewestAndLetsTheRunSayWhy() {
    assertThat(ClientChoice.major(List.of(13, 18), server(15), server(17))).isEqualTo(18);
    assertThat(ClientChoice.major(List.of(15, 18), OptionalInt::empty, OptionalInt::empty))
        .isEqualTo(18);
  }

  @Test
  void major_nothingInstalled_saysHowToInstall() {
    assertThatThrownBy(
            () ->
                ClientChoice.major(
                    List.of(), ClientChoiceTest::notAsked, ClientChoiceTest::notAsked))
        .hasMessage(
            "looking for PostgreSQL's client programs: there is no pg_dump on this machine");
  }
}
