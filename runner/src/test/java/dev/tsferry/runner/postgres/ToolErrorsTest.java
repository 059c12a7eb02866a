package dev.tsferry.runner.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tsferry.plan.DatabaseAddress;
import dev.tsferry.plan.Tls;
import dev.tsferry.plan.TlsMode;
import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.plan.outcome.MigrationException;
import dev.tsferry.runner.process.ProcessResult;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.List;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;

class ToolErrorsTest {

  @Test
  void failed_resizedDisk_saysSoAndHowToGoOn() {
    MigrationException failure =
        failed(
            "psql:/d/data.sql:9: FATAL:  57P01: terminating connection due to administrator command",
            "LOCATION:  ProcessInterrupts, postgres.c:3237");
    assertThat(failure.code()).isEqualTo(ErrorCode.TARGET_INTERRUPTED);
    assertThat(failure)
        .hasMessage(
            "loading data on the target: psql says: terminating connection due to administrator command");
    assertThat(failure.hints())
        .containsExactly(
            "a target that gets a bigger disk or restarts ends all connections; run again, it goes on from the last recorded step");
  }

  @Test
  void failed_lockThatTookTooLong_saysHowToWaitLonger() {
    MigrationException failure =
        failed("pg_dump: error: query failed: ERROR:  canceling statement due to lock timeout");
    assertThat(failure.hints()).singleElement().asString().contains("--lock-wait SECONDS");
  }

  @Test
  void failed_detailWithData_isLeftOut() {
    MigrationException failure =
        failed(
            "psql:/d/data.sql:9: ERROR:  23514: new row violates check constraint \"c\"",
            "DETAIL:  Failing row contains (secret).",
            "CONTEXT:  COPY t, line 1: \"secret\"");
    assertThat(failure)
        .hasMessage(
            "loading data on the target: psql says: new row violates check constraint \"c\" (rows of t, line 1)");
  }

  @Test
  void failed_pgDumpWithoutCode_isKnownByItsWords() {
    MigrationException failure =
        ToolErrors.failed(
            Side.SOURCE,
            "dumping",
            "pg_dump",
            new ProcessResult(
                1,
                List.of(
                    "pg_dump: error: query failed: ERROR:  permission denied for table job_errors",
                    "pg_dump: detail: Query was: LOCK TABLE x")));
    assertThat(failure.code()).isEqualTo(ErrorCode.SOURCE_FAILED);
    assertThat(failure)
        .hasMessage("dumping on the source: pg_dump says: permission denied for table job_errors");
    assertThat(failure.hints())
        .containsExactly("grant the source's user what is missing, then run again");
  }

  @Test
  void failed_connectionLostWithoutACode_isTheServersAndNotTheTools() {
    MigrationException failure =
        failed(
            "psql:/d/data.sql:9: server closed the connection unexpectedly",
            "\tThis probably means the server terminated abnormally",
            "psql:/d/data.sql:9: error: connection to server was lost");
    assertThat(failure.code()).isEqualTo(Side.TARGET.interrupted());
    assertThat(failure.hints())
        .containsExactly(
            "the connection with the target was lost; run again, it goes on from the last recorded step");
  }

  @Test
  void failed_toolsOwnWords_areTold() {
    assertThat(failed("psql: error: could not open file: No such file"))
        .hasMessage("loading data: psql ended with exit code 3: could not open file: No such file");
  }

  @Test
  void failed_toolsOwnDiskIsFull_isNeitherTheToolsNorTheServersFault() {
    MigrationException failure =
        failed("pg_dump: error: could not write to output file: No space left on device");
    assertThat(failure.code()).isEqualTo(ErrorCode.DISK_FULL);
    assertThat(failure.hints()).containsExactly("make room, then run again");
  }

  @Test
  void connecting_knownFailures_areTranslated() {
    assertThat(connecting(new SQLException("x", "08001", new UnknownHostException("db"))))
        .hasMessage("connecting to the source db:5432 as u: no such host name");
    assertThat(connecting(new SQLException("x", "08001", new ConnectException("refused"))))
        .hasMessageEndingWith("nothing listens there (connection refused)");
    assertThat(connecting(new SQLException("x", "08006", new SSLHandshakeException("PKIX"))))
        .hasMessageEndingWith("TLS (require) failed: PKIX");
    assertThat(connecting(new SQLException("no", "3D000")).code())
        .isEqualTo(ErrorCode.SOURCE_LOGIN_FAILED);
    assertThat(connecting(new SQLException("no pg_hba.conf entry, no encryption", "28000")))
        .hasMessageEndingWith("the server lets nobody in without TLS");
    assertThat(connecting(new SQLException("password authentication failed", "28P01")).hints())
        .containsExactly("check the source's user and set its password again");
  }

  private static MigrationException connecting(SQLException e) {
    return ServerErrors.connecting(
        Side.SOURCE, new DatabaseAddress("db", 5432, "d", "u", new Tls(TlsMode.REQUIRE, null)), e);
  }

  private static MigrationException failed(String... lines) {
    return ToolErrors.failed(Side.TARGET, "loading data", "psql", result(lines));
  }

  private static ProcessResult result(String... lines) {
    return new ProcessResult(3, List.of(lines));
  }
}
