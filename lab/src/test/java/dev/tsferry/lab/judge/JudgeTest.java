package dev.tsferry.lab.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JudgeTest {
  private static final String REPORT =
      """
      {"changes": [{"step": "pre-data", "kind": "REFUSED",
                    "statement": "CREATE FUNCTION \\"public\\".\\"f\\"() RETURNS integer\\n    LANGUAGE \\"c\\"", "reason": "no"},
                   {"step": "roles", "kind": "CHANGED", "statement": "ALTER ROLE \\"passes\\" WITH BYPASSRLS", "reason": "no"}],
       "notices": ["materialized view public.stale held other values on the source; it was out of date"],
       "differences": [
         {"kind": "table", "object": "public.\\"of Base\\"", "class": "HANDED_OVER", "reason": "its type"},
         {"kind": "table", "object": "public.lost", "class": "WRONG", "reason": null}]}
      """;

  @TempDir private Path directory;

  private String report = REPORT;
  private String handover = "";

  @Test
  void judge_whatTheReportAnnounced_isNotLeft() throws IOException {
    String kept =
        entry("kept", "TABLE", "CREATE TABLE \"public\".\"kept\" (\n    \"a\" integer\n);");
    side(
        "source",
        kept
            + entry(
                "f()",
                "FUNCTION",
                "CREATE FUNCTION \"public\".\"f\"() RETURNS integer\n    LANGUAGE \"c\"")
            + entry("of Base", "TABLE", "CREATE TABLE \"public\".\"of Base\" ();")
            + entry(
                "of Base b",
                "CONSTRAINT",
                "ALTER TABLE ONLY \"public\".\"of Base\"\n    ADD CONSTRAINT \"b\" CHECK (true);"),
        "\"rows of public.stale\"\t3 rows with digest 1\n\"rows of public.\\\"of Base\\\"\"\t0\n\"role passes\"\tbypassrls");
    side(
        "target", kept, "\"rows of public.stale\"\t3 rows with digest 2\n\"role passes\"\tnothing");

    Judge.Judgement judgement = judge();

    assertThat(judgement.left()).isEmpty();
    assertThat(judgement.announced()).hasSize(8);
  }

  @Test
  void judge_whatNobodyAnnounced_isLeft() throws IOException {
    side(
        "source",
        entry("lost", "TABLE", "CREATE TABLE \"public\".\"lost\" ();")
            + entry("TABLE kept", "ACL", "GRANT SELECT ON TABLE \"public\".\"kept\" TO \"a\";"),
        "\"rows of public.kept\"\t3 rows with digest 1");
    side(
        "target",
        entry("more", "VIEW", "CREATE VIEW x"),
        "\"rows of public.kept\"\t3 rows with digest 2");

    assertThat(judge().left())
        .satisfiesExactlyInAnyOrder(
            one -> assertThat(one).startsWith("- TABLE public.lost"),
            one -> assertThat(one).startsWith("- ACL public.TABLE kept"),
            one -> assertThat(one).startsWith("- \"rows of public.kept\""),
            one -> assertThat(one).startsWith("+ \"rows of public.kept\""),
            one -> assertThat(one).startsWith("+ VIEW public.more"));
  }

  @Test
  void judge_namesAndOrdersThatMeanTheSame_areEqual() throws IOException {
    side(
        "source",
        entry(
                "TABLE t",
                "ACL",
                "GRANT ALL ON TABLE \"public\".\"t\" TO \"b\";\nGRANT SELECT ON TABLE \"public\".\"t\" TO \"master\";")
            + entry(
                "t",
                "TABLE",
                "CREATE TABLE x ();\n\n\nALTER TABLE \"public\".\"t\" OWNER TO \"master\";"),
        "");
    Files.writeString(directory.resolve("source/owner"), "master\n");
    side(
        "target",
        entry(
                "TABLE t",
                "ACL",
                "GRANT SELECT ON TABLE \"public\".\"t\" TO \"tsdbadmin\";\nGRANT SELECT,INSERT,REFERENCES,DELETE,TRIGGER,TRUNCATE,UPDATE ON TABLE \"public\".\"t\" TO \"b\";")
            + entry(
                "t",
                "TABLE",
                "CREATE TABLE x ();\n\n\nALTER TABLE \"public\".\"t\" OWNER TO \"tsdbadmin\";"),
        "");

    assertThat(judge().left()).isEmpty();
  }

  @Test
  void judge_ownersThatAreAnnounced_areNotLeft_norWhatGoesWithThem() throws IOException {
    handover =
        """
        ALTER TABLE "public"."series" OWNER TO alice;
        ALTER ROUTINE "public"."g"("pg_catalog"."int4") OWNER TO alice;
        """;
    String facts = "\"hypertable of inside.chunk\"\tpublic.series";
    side(
        "source",
        owned("TABLE", "\"public\".\"series\"", "alice")
            + owned("TABLE", "\"inside\".\"chunk\"", "alice")
            + owned("FUNCTION", "\"public\".\"g\"(\"a\" integer)", "alice"),
        facts);
    side(
        "target",
        owned("TABLE", "\"public\".\"series\"", "tsdbadmin")
            + owned("TABLE", "\"inside\".\"chunk\"", "tsdbadmin")
            + owned("FUNCTION", "\"public\".\"g\"(\"a\" integer)", "tsdbadmin")
            + entry(
                "TABLE chunk", "ACL", "GRANT SELECT ON TABLE \"inside\".\"chunk\" TO \"alice\";"),
        facts);

    Judge.Judgement judgement = judge();

    assertThat(judgement.left()).isEmpty();
    assertThat(judgement.announced()).hasSize(7);
  }

  @Test
  void judge_ownersAndGrantsOfOthers_areLeft() throws IOException {
    handover = "ALTER TABLE \"public\".\"series\" OWNER TO alice;";
    side("source", owned("TABLE", "\"public\".\"serie\"", "alice"), "");
    side(
        "target",
        owned("TABLE", "\"public\".\"serie\"", "tsdbadmin")
            + owned("FUNCTION", "\"public\".\"series\"()", "tsdbadmin")
            + entry(
                "TABLE series", "ACL", "GRANT SELECT ON TABLE \"public\".\"series\" TO \"bob\";"),
        "");

    assertThat(judge().left()).hasSize(4);
  }

  @Test
  void judge_rolesThatThePlanLeavesOut_areNotLeft_othersAre() throws IOException {
    report =
        """
        {"notices": ["the plan leaves these roles out, with their memberships: app, \\"a b\\"; the platform's own stay behind: rds_ad"]}
        """;
    side(
        "source",
        "",
        """
        "role a b"\tlogin
        "role rds_ad"\tnothing
        "member app of x"\tset
        "comment on role app"\t"c"
        "setting of role app"\t"work_mem=1MB"
        "role ap"\tlogin
        """);
    side("target", "", "");

    assertThat(judge().left()).singleElement().asString().startsWith("- \"role ap\"");
  }

  @Test
  void judge_databaseWithAHostileName_isTheDatabase() throws IOException {
    String hostile =
        "COMMENT ON DATABASE \"o\"\"x 😀\" IS 'c';\n\n\n\\unrestrict a\nSET row_security = off;";
    side("source", entry("DATABASE \"o\"\"x 😀\"", "COMMENT", hostile).replace("public", "-"), "");
    Files.writeString(directory.resolve("source/database"), "o\"x 😀\n");
    side(
        "target",
        entry("DATABASE \"orders\"", "COMMENT", "COMMENT ON DATABASE \"orders\" IS 'c';")
            .replace("public", "-"),
        "");

    assertThat(judge().left()).isEmpty();
  }

  private static String owned(String kind, String name, String owner) {
    return entry(kind + name, kind, "ALTER %s %s OWNER TO \"%s\";".formatted(kind, name, owner));
  }

  private Judge.Judgement judge() throws IOException {
    side("before", "", "");
    Path state = Files.createDirectories(directory.resolve("state"));
    Files.writeString(state.resolve("report.json"), report);
    Files.writeString(state.resolve("handover.sql"), handover);
    return Judge.judge(
        directory.resolve("source"),
        directory.resolve("before"),
        directory.resolve("target"),
        state);
  }

  private void side(String name, String schema, String contents) throws IOException {
    Path folder = Files.createDirectories(directory.resolve(name));
    Files.writeString(
        folder.resolve("schema.sql"), schema + "--\n-- PostgreSQL database dump complete\n--\n");
    Files.writeString(folder.resolve("contents"), contents);
    Files.writeString(folder.resolve("database"), "orders\n");
    Files.writeString(folder.resolve("owner"), "tsdbadmin\n");
  }

  private static String entry(String name, String type, String statement) {
    return "--\n-- Name: %s; Type: %s; Schema: public; Owner: x\n--\n\n%s\n\n\n"
        .formatted(name, type, statement);
  }
}
