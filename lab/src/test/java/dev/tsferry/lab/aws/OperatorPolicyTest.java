package dev.tsferry.lab.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What can be said of the operator's policy without going the journey. */
class OperatorPolicyTest {
  private static final Pattern ACTION = Pattern.compile("\"([a-z0-9]+:[A-Z][A-Za-z]+)\"");
  // Everybody may ask who he is.
  private static final Set<String> FREE = Set.of("sts:GetCallerIdentity");

  @Test
  void policy_hasEveryActionThatTheCommandNames() throws IOException {
    OperatorPolicy policy = OperatorPolicy.read();
    Set<String> allowed =
        policy.statements().stream()
            .flatMap(statement -> statement.actions().stream())
            .collect(Collectors.toSet());
    Set<String> named = new TreeSet<>();
    try (Stream<Path> files = Files.walk(TypedCommands.root().resolve("cli/src/main/java"))) {
      files
          .filter(file -> file.toString().endsWith(".java"))
          .forEach(file -> named.addAll(actions(file)));
    }
    named.removeAll(FREE);

    assertThat(named).hasSizeGreaterThan(30);
    assertThat(allowed).containsAll(named);
  }

  @Test
  void policy_hasNoWildcardAmongItsActions_andEveryActionOnceAndInOrder() throws IOException {
    for (OperatorPolicy.Statement statement : OperatorPolicy.read().statements()) {
      assertThat(statement.actions()).as(statement.sid()).noneMatch(a -> a.contains("*"));
      assertThat(statement.actions())
          .as(statement.sid())
          .isSortedAccordingTo(String.CASE_INSENSITIVE_ORDER)
          .doesNotHaveDuplicates();
    }
  }

  @Test
  void policy_givesNothingThatWouldGiveMore() throws IOException {
    List<String> actions =
        OperatorPolicy.read().statements().stream()
            .flatMap(statement -> statement.actions().stream())
            .toList();
    assertThat(actions)
        .doesNotContain(
            "iam:AttachRolePolicy",
            "iam:CreateAccessKey",
            "iam:PutUserPolicy",
            "iam:UpdateAssumeRolePolicy",
            "ssm:StartSession");
  }

  private static Set<String> actions(Path file) {
    try {
      return ACTION
          .matcher(Files.readString(file))
          .results()
          .map((MatchResult match) -> match.group(1))
          .collect(Collectors.toSet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
