package dev.tsferry.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tsferry.cli.fake.CommandRunner;
import dev.tsferry.cli.fake.CommandRunner.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompletionCommandTest {
  @TempDir Path directory;

  @Test
  void completion_bash_completesCommandsAndOptions() throws IOException, InterruptedException {
    Outcome outcome = new CommandRunner(directory).runPlainly("completion", "bash");
    assertThat(outcome.exitCode()).isZero();
    Path script = directory.resolve("completion");
    Files.writeString(script, outcome.out());

    assertThat(completed(script, "tsferry pl", 1)).contains("plan");
    assertThat(completed(script, "tsferry plan --targ", 2))
        .contains("--target-host")
        .contains("--target-port");
  }

  @Test
  void completion_zsh_readsBashCompletion() {
    assertThat(new CommandRunner(directory).runPlainly("completion", "zsh").out())
        .startsWith("autoload -U +X compinit && compinit\nautoload -U +X bashcompinit")
        .contains("complete -F _complete_tsferry");
  }

  @Test
  void completion_otherShell_isRefused() {
    Outcome outcome = new CommandRunner(directory).runPlainly("completion", "fish");

    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err())
        .isEqualTo("error: completion for fish: only bash and zsh are known\n");
  }

  private static String completed(Path script, String line, int word)
      throws IOException, InterruptedException {
    String asked =
        """
        . %s
        COMP_LINE='%s'; COMP_WORDS=(%s); COMP_CWORD=%d
        _complete_tsferry; printf '%%s\\n' "${COMPREPLY[@]}"
        """
            .formatted(script, line, line, word);
    Process bash = new ProcessBuilder("bash", "-c", asked).redirectErrorStream(true).start();
    String output = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(bash.waitFor()).as(output).isZero();
    return output;
  }
}
