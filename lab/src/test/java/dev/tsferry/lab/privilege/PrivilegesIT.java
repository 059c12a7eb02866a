package dev.tsferry.lab.privilege;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tsferry.lab.database.DatabaseImages;
import dev.tsferry.lab.database.OrdersDatabase;
import dev.tsferry.lab.database.RdsLikeSource;
import dev.tsferry.lab.database.RequiresContainerEngine;
import dev.tsferry.lab.database.TimescaleLikeTarget;
import dev.tsferry.lab.pipeline.Crossing;
import dev.tsferry.plan.Hypertable;
import dev.tsferry.plan.TableName;
import dev.tsferry.plan.outcome.ExitCode;
import dev.tsferry.plan.report.MigrationReport.StatementChange;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.containers.Container.ExecResult;
import org.testcontainers.images.builder.Transferable;

/**
 * Carries a database with owners, privileges and settings of every kind, and asks both servers who
 * may what.
 */
@RequiresContainerEngine
class PrivilegesIT {
  private static final String STRANGER = "led \"owner\"; -- 😀";

  // What stays with the target's user.
  private static final List<String> AS_IT_IS =
      List.of("shared.sums", "shared.parts_1", "shared.open_to_all(integer,text)");

  @TempDir static Path directory;

  private static RdsLikeSource source;
  private static TimescaleLikeTarget target;
  private static Crossing run;
  private static ExitCode exitCode;
  private static SortedSet<String> onSource;
  private static SortedSet<String> onTarget;
  private static SortedSet<String> onTargetAfterwards;
  private static String handedOver;

  @BeforeAll
  static void carry() throws Exception {
    source =
        new RdsLikeSource(
                DatabaseImages.source(), "orders-db.aaaaaaaaaa.us-east-1.rds.amazonaws.com")
            .publishedOnLoopback();
    target =
        new TimescaleLikeTarget(DatabaseImages.target(), "orders.tsdb.cloud.test")
            .publishedOnLoopback();
    source.start();
    target.start();
    try (Connection master = source.connect()) {
      OrdersDatabase.create(master, OrdersDatabase.TEST_SCALE);
      WhoMayWhat.run(master, "ledgers.sql");
    }
    // What only a superuser can have done on the source, the target's user can't do there.
    source.asSuperuser(
        """
        alter database orders set lab.colour to 'a ''quoted'' value';
        alter database orders set default_transaction_read_only to on;
        revoke execute on function public.hstore(text, text) from public;
        grant execute on function pg_catalog.pg_read_file(text) to led_clerk;
        grant orders_admin to led_temp;
        alter function shared.open_to_all(integer, text) security definer;
        alter function shared.open_to_all(integer, text) owner to "led ""owner""; -- 😀";
        """);
    // A role that the platform has made already, on whose behalf the target's user may not act.
    target.asSuperuser("create role \"led \"\"owner\"\"; -- 😀\"");
    List<Hypertable> hypertables = new ArrayList<>(OrdersDatabase.HYPERTABLES);
    hypertables.add(new Hypertable(new TableName("shared", "ticks"), "at", "7 days"));
    run = Crossing.of(source, target, directory, hypertables);
    exitCode = run.carry();
    onSource = source();
    onTarget = target();
    handedOver = runByThePlatform(run.handover());
    onTargetAfterwards = target();
  }

  @AfterAll
  static void stop() {
    source.stop();
    target.stop();
  }

  @Test
  void run_whatIsOnTheSource_isOnTheTarget_exceptWhatIsHandedOver() {
    assertThat(exitCode).as(run.log()).isEqualTo(ExitCode.DONE);
    assertThat(WhoMayWhat.minus(onSource, onTarget))
        .filteredOn(line -> !line.contains(STRANGER))
        .containsExactlyInAnyOrder(
            "member: led_temp of the owner",
            "member: nightly-export of pg_read_all_data",
            "relation shared.mine: rds_superuser SELECT from the owner",
            "setting default_transaction_read_only=on",
            "setting lab.colour=a 'quoted' value",
            "setting the owner work_mem=8MB");
    assertThat(WhoMayWhat.minus(onTarget, onSource))
        .allMatch(line -> AS_IT_IS.stream().anyMatch(line::contains));
  }

  @Test
  void run_ownerOnWhoseBehalfNobodyMayAct_hasAllPrivilegesInstead() {
    assertThat(onTarget)
        .contains(
            "relation shared.sums belongs to the owner",
            "relation shared.sums: %s SELECT from the owner".formatted(STRANGER),
            "relation shared.sums: led_reader SELECT from the owner",
            "relation shared.parts_1: %s TRUNCATE from the owner".formatted(STRANGER));
    assertThat(run.notices())
        .anyMatch(
            notice ->
                notice.startsWith("SECURITY DEFINER functions could not be given to their owner")
                    && notice.contains("\"shared\".\"open_to_all\""));
  }

  @Test
  void run_everyRefusal_isInTheReportWithTheServersReason() throws IOException {
    assertThat(run.report().changes())
        .contains(
            change(
                StatementChange.Kind.REFUSED,
                "ALTER MATERIALIZED VIEW \"shared\".\"sums\" OWNER TO \"led \"\"owner\"\"; -- 😀\"",
                "permission denied to grant role \"%s\"".formatted(STRANGER)),
            change(
                StatementChange.Kind.REFUSED,
                "GRANT EXECUTE ON ROUTINE \"pg_catalog\".\"pg_read_file\"(\"pg_catalog\".\"text\") TO led_clerk",
                "permission denied for function pg_read_file"),
            change(
                StatementChange.Kind.REFUSED,
                "ALTER DATABASE tsdb SET \"lab.colour\" TO 'a ''quoted'' value'",
                "permission denied to set parameter \"lab.colour\""));
    assertThat(run.notices()).noneMatch(notice -> notice.contains("differ from the source's"));
    assertThat(run.notices())
        .contains(
            "members of the source's owner can't be members of tsdbadmin; grant them what they need of its objects: led_temp");
  }

  @Test
  void handover_runByThePlatform_leavesNoDifference() {
    assertThat(handedOver).doesNotContain("ERROR");
    assertThat(WhoMayWhat.minus(onSource, onTargetAfterwards))
        .containsExactlyInAnyOrder(
            "member: led_temp of the owner",
            "relation shared.mine: rds_superuser SELECT from the owner");
  }

  @Test
  void run_hypertables_andTheirChunks_belongToTheirOwner() {
    assertThat(
            target.asSuperuser(
                "select distinct c.relowner::regrole, has_table_privilege('led_reader', c.oid, 'SELECT')"
                    + " from public.show_chunks('shared.ticks') k join pg_class c on c.oid = k"))
        .isEqualTo("led_owner|t");
  }

  @Test
  void run_targetsUser_isAMemberOfOwners_andOfNobodyElse() {
    assertThat(
            target.asSuperuser(
                "select string_agg(roleid::regrole::text, ', ' order by 1) from pg_auth_members"
                    + " where member = 'tsdbadmin'::regrole and grantor = 'tsdbadmin'::regrole"
                    + " and inherit_option and set_option"))
        .isEqualTo("led_owner, shop_owner");
    assertThat(
            target.asSuperuser(
                "select count(*) from pg_auth_members where roleid = 'led_clerk'::regrole"
                    + " and member = 'tsdbadmin'::regrole and (inherit_option or set_option)"))
        .isEqualTo("0");
  }

  private static StatementChange change(
      StatementChange.Kind kind, String statement, String reason) {
    return new StatementChange("settings", kind, statement, reason);
  }

  private static SortedSet<String> source() throws Exception {
    try (Connection connection = source.connect()) {
      return WhoMayWhat.in(connection);
    }
  }

  private static SortedSet<String> target() throws Exception {
    try (Connection connection = target.connect()) {
      return WhoMayWhat.in(connection);
    }
  }

  private static String runByThePlatform(String script) throws Exception {
    target.copyFileToContainer(Transferable.of(script), "/tmp/handover.sql");
    ExecResult result =
        target.execInContainer(
            "psql", "-X", "-U", "postgres", "-d", "tsdb", "-f", "/tmp/handover.sql");
    return result.getStdout() + result.getStderr();
  }
}
