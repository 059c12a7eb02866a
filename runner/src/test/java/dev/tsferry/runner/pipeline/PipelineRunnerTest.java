package dev.tsferry.runner.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tsferry.plan.event.RunEvent;
import dev.tsferry.plan.event.RunEvent.Notice;
import dev.tsferry.plan.event.RunEvent.StepFailed;
import dev.tsferry.plan.event.RunEvent.StepFinished;
import dev.tsferry.plan.event.RunEvent.StepSkipped;
import dev.tsferry.plan.event.RunEvent.StepStarted;
import dev.tsferry.plan.event.RunState.Progress;
import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.plan.outcome.MigrationException;
import dev.tsferry.runner.process.Cancellation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PipelineRunnerTest {
  private final Cancellation cancellation = new Cancellation();
  private final List<RunEvent> events = new ArrayList<>();
  private final List<Progress> progress = new ArrayList<>();
  private final List<String> log = new ArrayList<>();
  private final AtomicLong clock = new AtomicLong();
  private int outagesLeft;
  private final PipelineRunner runner =
      new PipelineRunner(
          cancellation,
          events::add,
          progress::add,
          log::add,
          () -> clock.getAndAdd(5_000_000),
          (step, failure, context) -> outagesLeft-- > 0);

  @Test
  void run_steps_areToldInOrder() throws Exception {
    runner.run(
        List.of(
            new FakeStep("one", context -> "did one"),
            new FakeStep(
                "two",
                context -> {
                  context.warn("mind this");
                  context.progress("t", 1, 2, "table");
                  return "did two";
                })),
        () -> {});
    assertThat(events)
        .containsExactly(
            new StepStarted("one", "Title of one"),
            new StepFinished("one", 5, "did one"),
            new StepStarted("two", "Title of two"),
            new Notice(Notice.Level.WARNING, "mind this"),
            new StepFinished("two", 5, "did two"));
    assertThat(progress).containsExactly(new Progress("two", "t", 1, 2, "table"));
    assertThat(log).contains("step one started", "step one finished in 5 ms: did one");
  }

  @Test
  void run_stepThatIsDone_isSkipped() throws Exception {
    FakeStep done = new FakeStep("one", context -> "never");
    done.skip = "done before";
    runner.run(List.of(done, new FakeStep("two", context -> "did two")), () -> {});
    assertThat(events)
        .startsWith(new StepSkipped("one", "done before"), new StepStarted("two", "Title of two"));
  }

  @Test
  void run_failure_endsTheRunAndIsTold() {
    MigrationException failure = new MigrationException(ErrorCode.TARGET_FAILED, "why", "hint");
    FakeStep after = new FakeStep("two", context -> "did two");
    List<Step> steps =
        List.of(
            new FakeStep(
                "one",
                context -> {
                  throw failure;
                }),
            after);
    assertThatThrownBy(() -> runner.run(steps, () -> {})).isSameAs(failure);
    assertThat(events)
        .containsExactly(
            new StepStarted("one", "Title of one"),
            new StepFailed("one", ErrorCode.TARGET_FAILED, "why", List.of("hint")));
  }

  @Test
  void run_bug_isToldWithoutItsMessage() {
    assertThat(
            failureOf(
                    context -> {
                      throw new IllegalStateException("secret");
                    })
                .code())
        .isEqualTo(ErrorCode.INTERNAL);
    assertThat(events.toString()).contains("IllegalStateException").doesNotContain("secret");
  }

  @Test
  void run_fullDisk_isToldAsSuch() {
    assertThat(
            failureOf(
                    context -> {
                      throw new IOException("No space left on device");
                    })
                .code())
        .isEqualTo(ErrorCode.DISK_FULL);
  }

  @Test
  void run_brokenByCancellation_isCancelled() {
    MigrationException failure =
        failureOf(
            context -> {
              cancellation.cancel();
              throw new MigrationException(ErrorCode.TARGET_FAILED, "query cancelled");
            });
    assertThat(failure.code()).isEqualTo(ErrorCode.CANCELLED);
    assertThat(events)
        .last()
        .isInstanceOfSatisfying(
            StepFailed.class, told -> assertThat(told.code()).isEqualTo(ErrorCode.CANCELLED));
  }

  @Test
  void run_cancelledBetweenSteps_startsNoOther() {
    List<Step> steps =
        List.of(
            new FakeStep(
                "one",
                context -> {
                  cancellation.cancel();
                  return "did one";
                }),
            new FakeStep("two", context -> "did two"));
    assertThatThrownBy(() -> runner.run(steps, () -> {})).hasMessage("the run was cancelled");
    assertThat(events).doesNotContain(new StepStarted("two", "Title of two"));
  }

  @Test
  void run_stepThatFailsForAnOutage_isBegunAgainWithWhatMustHold() throws Exception {
    outagesLeft = 2;
    List<String> order = new ArrayList<>();
    List<Step> steps =
        List.of(
            new FakeStep("one", context -> note(order, "one")),
            new FakeStep(
                "two",
                context -> {
                  note(order, "two");
                  if (order.size() < 6) {
                    throw new MigrationException(ErrorCode.TARGET_INTERRUPTED, "gone");
                  }
                  return "did two";
                }));
    runner.run(steps, () -> order.add("check"));
    assertThat(order).containsExactly("one", "check", "two", "check", "two", "check", "two");
    assertThat(events)
        .doesNotHaveAnyElementsOfTypes(StepFailed.class)
        .last()
        .isEqualTo(new StepFinished("two", 5, "did two"));
  }

  @Test
  void run_whatMustHoldBetweenSteps_isCheckedBeforeAllButTheFirst() throws Exception {
    List<String> order = new ArrayList<>();
    List<Step> steps =
        List.of(
            new FakeStep("one", context -> note(order, "one")),
            new FakeStep("two", context -> note(order, "two")));
    runner.run(steps, () -> order.add("check"));
    assertThat(order).containsExactly("one", "check", "two");
  }

  private static String note(List<String> order, String what) {
    order.add(what);
    return what;
  }

  private MigrationException failureOf(Work work) {
    try {
      runner.run(List.of(new FakeStep("one", work)), () -> {});
    } catch (MigrationException e) {
      return e;
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
    throw new AssertionError("did not fail");
  }

  private interface Work {
    String run(StepContext context) throws IOException;
  }

  private static final class FakeStep implements Step {
    private final String id;
    private final Work work;
    private String skip;

    FakeStep(String id, Work work) {
      this.id = id;
      this.work = work;
    }

    @Override
    public String id() {
      return id;
    }

    @Override
    public String title() {
      return "Title of " + id;
    }

    @Override
    public Optional<String> skip() {
      return Optional.ofNullable(skip);
    }

    @Override
    public String run(StepContext context) throws IOException {
      return work.run(context);
    }
  }
}
