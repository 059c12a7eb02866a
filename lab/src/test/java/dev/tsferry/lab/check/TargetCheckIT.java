package dev.tsferry.lab.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tsferry.lab.database.DatabaseImages;
import dev.tsferry.lab.database.RdsLikeSource;
import dev.tsferry.lab.database.RequiresContainerEngine;
import dev.tsferry.lab.database.TimescaleLikeTarget;
import dev.tsferry.plan.SourceKind;
import dev.tsferry.plan.check.CheckReport;
import dev.tsferry.plan.check.Finding;
import dev.tsferry.plan.check.Severity;
import dev.tsferry.plan.outcome.ExitCode;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Targets that can't take a database, and a source that has TimescaleDB. */
@RequiresContainerEngine
class TargetCheckIT {
  private static RdsLikeSource source;
  private static TimescaleLikeTarget target;

  @TempDir Path folder;

  @BeforeAll
  static void start() {
    source = new RdsLikeSource(DatabaseImages.source(), "localhost").publishedOnLoopback();
    target = new TimescaleLikeTarget(DatabaseImages.target(), "localhost").publishedOnLoopback();
    source.start();
    target.start();
  }

  @AfterAll
  static void stop() {
    source.stop();
    target.stop();
  }

  @Test
  void check_emptyTargetAndPlainSource_findsNoError() throws Exception {
    CheckReport report = CheckFixture.check(source, target, folder);
    assertThat(report.count(Severity.ERROR)).isZero();
    assertThat(report.exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(report.target().timescaledbVersion()).isNotNull();
  }

  @Test
  void check_schemaAndTypesOfAnExtension_areNoUsersButAUsersAre() throws Exception {
    target.asSuperuser("create schema theirs; create extension tablefunc schema theirs");
    target.asSuperuser("create schema mine");
    target.asSuperuser("create type public.pair as (one int, other int)");
    try {
      CheckReport report = CheckFixture.check(source, target, folder);
      assertThat(CheckFixture.of(report, "target-not-empty"))
          .extracting(Finding::cause)
          .containsExactly("the target is not empty: schema mine, type public.pair");
    } finally {
      target.asSuperuser("drop type public.pair");
      target.asSuperuser("drop extension tablefunc; drop schema theirs; drop schema mine");
    }
  }

  @Test
  void check_targetInRestoreModeAndReadOnly_isToldBoth() throws Exception {
    target.asSuperuser("revoke create on schema public from tsdbadmin, public");
    target.asSuperuser("alter schema public owner to postgres");
    target.asSuperuser("alter database tsdb set timescaledb.restoring = on");
    target.asSuperuser("alter database tsdb set default_transaction_read_only = on");
    try {
      CheckReport report = CheckFixture.check(source, target, folder);
      assertThat(report.findings())
          .extracting(Finding::code)
          .contains("target-restoring", "target-read-only", "target-rights");
      assertThat(report.exitCode()).isEqualTo(ExitCode.TARGET_DATABASE);
    } finally {
      target.asSuperuser("set transaction read write; alter database tsdb reset all");
      target.asSuperuser("alter schema public owner to pg_database_owner");
    }
  }

  @Test
  void check_sourceWithTimescaledb_isComparedToThePatch() throws Exception {
    target.asSuperuser("alter database tsdb set timescaledb.restoring = on");
    try {
      CheckReport report =
          CheckFixture.check(
              CheckFixture.request(/* source= */ target, /* target= */ source, folder)
                  .with(SourceKind.TIMESCALEDB),
              target.password(),
              source.password());
      assertThat(CheckFixture.of(report, "timescaledb-version"))
          .extracting(Finding::cause)
          .allMatch(cause -> cause.contains("must be equal to the patch"))
          .hasSize(1);
      assertThat(report.findings())
          .extracting(Finding::code)
          .contains("guide", "source-restoring", "target-too-old", "client-too-old");
    } finally {
      target.asSuperuser("alter database tsdb reset timescaledb.restoring");
    }
  }

  @Test
  void check_unreachableTarget_stillLooksAtTheSource() throws Exception {
    TimescaleLikeTarget gone =
        new TimescaleLikeTarget(DatabaseImages.target(), "localhost").publishedOnLoopback();
    gone.start();
    CheckReport report;
    try {
      gone.asSuperuser("alter role tsdbadmin nologin");
      report = CheckFixture.check(source, gone, folder);
    } finally {
      gone.stop();
    }
    assertThat(report.target()).isNull();
    assertThat(report.proposal()).isNull();
    assertThat(report.findings()).extracting(Finding::code).contains("target-login-failed", "size");
    assertThat(report.exitCode()).isEqualTo(ExitCode.TARGET_DATABASE);
  }
}
