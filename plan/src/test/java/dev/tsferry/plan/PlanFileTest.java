package dev.tsferry.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tsferry.plan.outcome.ErrorCode;
import dev.tsferry.plan.outcome.MigrationException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanFileTest {
  @TempDir Path directory;

  @Test
  void write_thenRead_givesTheSamePlan() throws Exception {
    MigrationPlan plan = SamplePlan.plan();
    Path file = directory.resolve("migration.json");
    PlanFile.write(plan, file);
    assertThat(PlanFile.read(file)).isEqualTo(plan);
    assertThat(directory).isDirectoryNotContaining("glob:**.migration*");
    assertThat(Files.getPosixFilePermissions(file)).hasSize(4);
  }

  @Test
  void text_hasVersionFirst_andNoNulls() {
    assertThat(PlanFile.text(SamplePlan.plan()))
        .startsWith("{\n  \"version\" : 1,")
        .doesNotContain("null");
  }

  @Test
  void read_missingFile_saysHowToMakeOne() {
    Path file = directory.resolve("none.json");
    assertThatThrownBy(() -> PlanFile.read(file))
        .isInstanceOf(MigrationException.class)
        .hasMessage("reading the plan: there is no file " + file)
        .extracting(e -> ((MigrationException) e).code())
        .isEqualTo(ErrorCode.PLAN_NOT_FOUND);
  }

  @Test
  void parse_notJson_namesThePlace() {
    MigrationException refused = refusal("{ \"version\": 1,,");
    assertThat(refused.code()).isEqualTo(ErrorCode.PLAN_MALFORMED);
    assertThat(refused).hasMessageContaining("not valid JSON at line 1, column 1");
  }

  @Test
  void parse_duplicateField_isRefused() {
    String text = PlanFile.text(SamplePlan.plan()).replaceFirst("\\{", "{ \"name\": \"x1\",");
    assertThat(refusal(text)).hasMessageContaining("Duplicate");
  }

  @Test
  void parse_emptyFile_isRefusedInWords() {
    assertThat(refusal("").code()).isEqualTo(ErrorCode.PLAN_MALFORMED);
  }

  @Test
  void parse_severalMistakes_reportsAllWithTheirPaths() {
    String text =
        PlanFile.text(SamplePlan.plan())
            .replace("\"port\" : 5432", "\"port\" : \"5432\"")
            .replace("\"jobless\"", "")
            .replace("\"roles\" : true", "\"roles\" : true, \"rolls\" : true")
            .replace("\"region\" : \"us-east-1\",", "");
    MigrationException refused = refusal(text);
    assertThat(refused.code()).isEqualTo(ErrorCode.PLAN_MALFORMED);
    assertThat(refused.getMessage())
        .contains("3 problems")
        .contains("$.source.address.port: string found, integer expected")
        .contains("$.pipeline: property 'rolls' is not defined")
        .contains("$: required property 'region' not found");
  }

  @Test
  void parse_otherVersion_isRefused() {
    String text = PlanFile.text(SamplePlan.plan()).replace("\"version\" : 1", "\"version\" : 2");
    assertThat(refusal(text)).hasMessageContaining("$.version");
  }

  @Test
  void parse_contradictions_areReportedTogether() {
    String text =
        PlanFile.text(SamplePlan.plan())
            .replace("\"clientMajor\" : 15", "\"clientMajor\" : 14")
            .replace("\"iops\" : 4000", "\"iops\" : 3000")
            .replace("\"throughputMibps\" : 500", "\"throughputMibps\" : 1000")
            .replace("\"mode\" : \"require\"", "\"mode\" : \"verify-full\"");
    MigrationException refused = refusal(text);
    assertThat(refused.code()).isEqualTo(ErrorCode.PLAN_CONTRADICTORY);
    assertThat(refused.getMessage())
        .contains("3 problems")
        .contains("$.pipeline.clientMajor: 14 is older than the source's 15")
        .contains("$.host.dataVolume.throughputMibps: 1000 needs at least 4000 iops, has 3000")
        .contains("$.target.tls.ca: missing");
  }

  @Test
  void parse_targetIsTheSource_isRefused() {
    String text =
        PlanFile.text(SamplePlan.plan())
            .replace("orders.tsdb.cloud.test", "orders-db.aaaaaaaaaa.us-east-1.rds.amazonaws.com")
            .replace("31000", "5432")
            .replace("\"tsdb\"", "\"orders\"");
    assertThat(refusal(text)).hasMessageContaining("$.target: is the source itself");
  }

  @Test
  void parse_streamWithLimits_isRead() {
    String text =
        PlanFile.text(SamplePlan.plan())
            .replace("\"dataMode\" : \"dump\"", "\"dataMode\" : \"stream\"")
            .replace(
                "\"verify\" : \"counts\"", "\"verify\" : \"full\", \"stream\" : {\"jobs\" : 3}");

    Pipeline pipeline = PlanFile.parse(text, "migration.json").pipeline();

    assertThat(pipeline.dataMode()).isEqualTo(DataMode.STREAM);
    assertThat(pipeline.verify()).isEqualTo(VerifyLevel.FULL);
    assertThat(pipeline.streaming()).isEqualTo(new Stream(3, 0, 0, 0));
  }

  @Test
  void parse_whatStreamOrDumpCannotDo_isRefused() {
    String stream =
        PlanFile.text(SamplePlan.plan())
            .replace("\"dataMode\" : \"dump\"", "\"dataMode\" : \"stream\"")
            .replace(
                "\"transfer\" : {\n      \"jobs\" : 1", "\"transfer\" : {\n      \"jobs\" : 2");
    assertThat(refusal(stream).getMessage())
        .contains("$.pipeline.transfer.jobs: is of data mode dump, stream has stream.jobs");
    String dump =
        PlanFile.text(SamplePlan.plan())
            .replace("\"verify\" : \"counts\"", "\"verify\" : \"full\", \"stream\" : {}");
    assertThat(refusal(dump).getMessage())
        .contains("$.pipeline.verify: full needs data mode stream, which digests rows")
        .contains("$.pipeline.stream: given, but data mode dump has no use for it");
  }

  private static MigrationException refusal(String text) {
    return catchThrowableOfType(
        MigrationException.class, () -> PlanFile.parse(text, "migration.json"));
  }
}
