package dev.tsferry.runner.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.plan.outcome.MigrationException;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Asks another process on the host for the value of a secret. The run and PostgreSQL's programs are
 * kept from the instance's credentials, since the programs act on what the source sends; a process
 * of its own user, which reads two secrets and runs nothing else, has them instead.
 *
 * <p>One question and one answer for each connection:
 *
 * <pre>
 * target\\n
 * {"value":"{\\"username\\":\\"tsdbadmin\\",\\"password\\":\\"…\\"}"}
 * {"code":"SECRET_NOT_SET","message":"reading …: it is not set","hints":["…"]}
 * </pre>
 *
 * @param socket where the other process listens
 */
record SecretBroker(Path socket) {
  /** The environment variable with the socket's path, where there is a broker. */
  static final String VARIABLE = "TSFERRY_SECRETS";

  /**
   * The value of a secret.
   *
   * @param question {@code source} or {@code target}, and a stage where it is not the current one
   * @throws MigrationException what the other process failed with, {@code AWS_FAILED} if it does
   *     not answer
   */
  String ask(String doing, String question) {
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      channel.write(ByteBuffer.wrap((question + "\n").getBytes(UTF_8)));
      JsonNode answer =
          new ObjectMapper().readTree(Channels.newInputStream(channel).readAllBytes());
      if (answer.path("value").isTextual()) {
        return answer.get("value").textValue();
      }
      throw failure(doing, answer);
    } catch (IOException e) {
      // Not as the cause: its message may hold a piece of the secret.
      throw new MigrationException(
          ErrorCode.AWS_FAILED,
          "%s: the process that reads it does not answer at %s".formatted(doing, socket),
          "journalctl -u 'tsferry-secrets@*' on the host");
    }
  }

  private static MigrationException failure(String doing, JsonNode answer) {
    List<String> hints = new ArrayList<>();
    answer.path("hints").forEach(hint -> hints.add(hint.asText()));
    String code = answer.path("code").asText(ErrorCode.AWS_FAILED.name());
    return new MigrationException(
        ErrorCode.valueOf(code),
        answer.path("message").asText(doing + ": no answer came"),
        hints,
        null);
  }

  /** The other process's answer with a value. */
  static String answer(String value) {
    return new ObjectMapper().createObjectNode().put("value", value).toString();
  }

  /** The other process's answer that there is none. */
  static String answer(MigrationException failure) {
    ObjectNode answer = new ObjectMapper().createObjectNode();
    answer.put("code", failure.code().name()).put("message", failure.getMessage());
    failure.hints().forEach(answer.putArray("hints")::add);
    return answer.toString();
  }
}
