package dev.tsferry.lab.check;

import dev.tsferry.lab.database.LabDatabase;
import dev.tsferry.lab.pipeline.LocalRun;
import dev.tsferry.plan.DataMode;
import dev.tsferry.plan.Pipeline;
import dev.tsferry.plan.Quiesce;
import dev.tsferry.plan.VerifyLevel;
import dev.tsferry.plan.check.CheckReport;
import dev.tsferry.plan.check.Finding;
import dev.tsferry.runner.DatabaseCheck;
import dev.tsferry.runner.RunRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.testcontainers.images.builder.Transferable;

/** Checks between two of the lab's servers, and the SQL that gives them something to find. */
final class CheckFixture {
  private CheckFixture() {}

  /** Settings that an instance's parameter group could have, and nothing that moves by itself. */
  static <S extends LabDatabase<S>> S still(S database) {
    return database.withCopyToContainer(
        Transferable.of(
            "max_prepared_transactions = 5\nautovacuum = off\nallow_in_place_tablespaces = on\n",
            0644),
        "/var/lib/postgresql/data/postgresql.auto.conf");
  }

  static String sql(String name) throws IOException {
    try (InputStream in = CheckFixture.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  static CheckReport check(LabDatabase<?> source, LabDatabase<?> target, Path folder)
      throws InterruptedException {
    return check(source, target, folder, Quiesce.DEFAULT);
  }

  static CheckReport check(
      LabDatabase<?> source, LabDatabase<?> target, Path folder, Quiesce quiesce)
      throws InterruptedException {
    RunRequest request = request(source, target, folder);
    return check(
        request.with(request.pipeline().with(quiesce)), source.password(), target.password());
  }

  static CheckReport check(RunRequest request, String sourcePassword, String targetPassword)
      throws InterruptedException {
    return new DatabaseCheck(request, LocalRun.passwords(sourcePassword, targetPassword)).run();
  }

  static RunRequest request(LabDatabase<?> source, LabDatabase<?> target, Path folder) {
    return new RunRequest(
        "orders-db",
        source.address(),
        target.address(),
        new Pipeline(DataMode.DUMP, List.of(), true, VerifyLevel.COUNTS, 15, false),
        folder.resolve("state"),
        folder.resolve("dump"),
        folder.resolve("runtime"));
  }

  /** The findings of one kind. */
  static List<Finding> of(CheckReport report, String code) {
    return report.findings().stream().filter(finding -> finding.code().equals(code)).toList();
  }
}
