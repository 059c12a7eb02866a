package dev.tsferry.runner.aws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.plan.outcome.MigrationException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretBrokerTest {
  @TempDir Path directory;

  @Test
  void ask_secretIsThere_givesItsValue() throws IOException {
    String secret = "{\"password\":\"sécret \\\" 🌡\"}";
    try (Answering process = new Answering(SecretBroker.answer(secret))) {
      assertThat(process.broker().ask("reading it", "target stage")).isEqualTo(secret);
      assertThat(process.question()).isEqualTo("target stage");
    }
  }

  @Test
  void ask_secretIsNotSet_failsAsTheOtherProcessDid() throws IOException {
    MigrationException notSet =
        new MigrationException(ErrorCode.SECRET_NOT_SET, "it is not set", "set it");
    try (Answering process = new Answering(SecretBroker.answer(notSet))) {
      MigrationException failure = failure(process.broker());

      assertThat(failure.code()).isEqualTo(ErrorCode.SECRET_NOT_SET);
      assertThat(failure).hasMessage("it is not set");
      assertThat(failure.hints()).containsExactly("set it");
    }
  }

  @Test
  void ask_nobodyListensOrAnswers_isWorded() throws IOException {
    assertThat(failure(new SecretBroker(directory.resolve("none"))))
        .hasMessageContaining("reading it: the process that reads it does not answer");
    try (Answering process = new Answering("")) {
      assertThat(failure(process.broker())).hasMessageContaining("reading it: no answer came");
    }
  }

  private static MigrationException failure(SecretBroker broker) {
    return catchThrowableOfType(MigrationException.class, () -> broker.ask("reading it", "source"));
  }

  /** The other process, for one connection. */
  private final class Answering implements AutoCloseable {
    private final Path socket = directory.resolve("socket");
    private final ServerSocketChannel server =
        ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    private final CompletableFuture<String> question = new CompletableFuture<>();

    Answering(String answer) throws IOException {
      server.bind(UnixDomainSocketAddress.of(socket));
      Executors.newSingleThreadExecutor()
          .execute(
              () -> {
                try (SocketChannel channel = server.accept()) {
                  question.complete(
                      new BufferedReader(
                              new InputStreamReader(Channels.newInputStream(channel), UTF_8))
                          .readLine());
                  channel.write(ByteBuffer.wrap(answer.getBytes(UTF_8)));
                } catch (IOException e) {
                  question.completeExceptionally(e);
                }
              });
    }

    SecretBroker broker() {
      return new SecretBroker(socket);
    }

    String question() {
      return question.join();
    }

    @Override
    public void close() throws IOException {
      server.close();
    }
  }
}
