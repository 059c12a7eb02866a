package dev.tsferry.runner;

import dev.tsferry.plan.Json;
import dev.tsferry.plan.check.TaskAnswer;
import dev.tsferry.plan.event.RunState;
import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.plan.outcome.MigrationException;
import dev.tsferry.runner.file.AtomicFile;
import dev.tsferry.runner.password.RoleVerifiers;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * The program's short tasks; what a task came to is in the file answer.json of the state directory.
 */
abstract class TaskCommand implements Callable<Integer> {
  @Mixin private RunOptions options;

  /** Does it. */
  abstract TaskAnswer answer(RunRequest request, SecretPasswords passwords)
      throws IOException, InterruptedException;

  @Override
  public final Integer call() throws IOException, InterruptedException {
    AtomicFile.makePrivate(options.state());
    TaskAnswer answer;
    try {
      answer = answer(options.request(false), options.passwords());
    } catch (MigrationException e) {
      answer = TaskAnswer.of(new RunState.Failure(e.code(), e.getMessage(), e.hints()));
    } catch (RuntimeException e) {
      answer =
          TaskAnswer.of(new RunState.Failure(ErrorCode.INTERNAL, String.valueOf(e), List.of()));
    }
    AtomicFile.replaceDurably(
        options.state().resolve(TaskAnswer.FILE), Json.lenient().writeValueAsBytes(answer));
    return answer.exitCode().code();
  }

  @Command(
      name = "check",
      description = "Looks at both databases and writes nothing to them.",
      mixinStandardHelpOptions = true)
  static final class Check extends TaskCommand {
    @Override
    TaskAnswer answer(RunRequest request, SecretPasswords passwords) throws InterruptedException {
      return TaskAnswer.of(new DatabaseCheck(request, passwords).run());
    }
  }

  @Command(
      name = "rollback",
      description = "Shows what a run created and changed; takes it back with --yes.",
      mixinStandardHelpOptions = true)
  static final class TakeBack extends TaskCommand {
    @Option(names = "--yes", description = "Take it back.")
    private boolean yes;

    @Option(names = "--finished", description = "Take back a run that came to its end, too.")
    private boolean finished;

    @Override
    TaskAnswer answer(RunRequest request, SecretPasswords passwords) throws IOException {
      Rollback rollback = new Rollback(request, passwords, finished);
      return TaskAnswer.of(yes ? rollback.execute() : rollback.show());
    }
  }

  @Command(
      name = "undo",
      description = "Undoes what a run that died changed on the source.",
      mixinStandardHelpOptions = true)
  static final class Undo extends TaskCommand {
    @Override
    TaskAnswer answer(RunRequest request, SecretPasswords passwords) {
      return TaskAnswer.of(new Rollback(request, passwords).undoSource());
    }
  }

  @Command(
      name = "compare",
      description = "Compares both databases' schemas object by object, writing nothing.",
      mixinStandardHelpOptions = true)
  static final class Compare extends TaskCommand {
    @Option(names = "--rows", description = "Compare all rows, too.")
    private boolean rows;

    @Override
    TaskAnswer answer(RunRequest request, SecretPasswords passwords)
        throws IOException, InterruptedException {
      return TaskAnswer.of(
          CatalogueCheck.compare(
              request.source(),
              request.target(),
              passwords,
              request.runtimeDirectory(),
              request.pipeline().skipExtensions(),
              rows ? Optional.of(new LineContext(line -> {})) : Optional.empty()));
    }
  }

  @Command(
      name = "passwords",
      description = "Lists the target's roles that log in; gives them passwords with --set.",
      mixinStandardHelpOptions = true)
  static final class Passwords extends TaskCommand {
    @Option(
        names = "--set",
        description =
            "Set those whose verifiers lie in the target's secret, under the label tsferry-role-passwords.")
    private boolean set;

    @Override
    TaskAnswer answer(RunRequest request, SecretPasswords passwords) {
      RoleVerifiers verifiers =
          set
              ? RoleVerifiers.parse(passwords.targetStage(RoleVerifiers.SECRET_STAGE))
              : new RoleVerifiers(List.of());
      return TaskAnswer.of(
          new TargetPasswords(request.target(), passwords::target, request.runtimeDirectory())
              .apply(verifiers));
    }
  }

  @Command(
      name = "dry-run",
      description = "Says every command and statement that a run would execute; writes nothing.",
      mixinStandardHelpOptions = true)
  static final class Dry extends TaskCommand {
    @Override
    TaskAnswer answer(RunRequest request, SecretPasswords passwords)
        throws IOException, InterruptedException {
      return TaskAnswer.of(new DryRun(request, passwords).run());
    }
  }
}
