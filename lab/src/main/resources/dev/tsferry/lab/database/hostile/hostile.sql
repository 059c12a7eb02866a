-- A small database in which every name breaks a program that quotes by hand.

CREATE SCHEMA "Hostile ""schema""
; -- /* 😀 $$";
CREATE SCHEMA "..";

CREATE TYPE "Hostile ""schema""
; -- /* 😀 $$"."kind; ""of"" 'thing'" AS ENUM ('''', '"', E'\\.', E'new\nline', '$$', '-- /*', '😀', '');
CREATE DOMAIN ".."."do$main$" AS text CHECK (VALUE <> '$do$; -- ');

-- Names of 63 bytes, the longest possible,; two differ in the last one only.
CREATE TABLE "Hostile ""schema""
; -- /* 😀 $$"."aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffff 😀" (
  "aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffff__1" serial,
  "aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffff__2" text,
  CONSTRAINT "aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffff__k"
    PRIMARY KEY ("aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffff__1")
);
CREATE TABLE "..".aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffff__1 (x integer);
CREATE TABLE "..".aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffff__2 (x integer);

CREATE TABLE "..".".." ("." integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY, " " text UNIQUE, "%s" text, "\" text);
CREATE TABLE ".."."back\slash\\" ("tab	" text, "\." text, ":var" text, "?" integer, "{fn now()}" text);
CREATE TABLE ".."."DROP TABLE x; --" (
  "select" integer CONSTRAINT "chk""; '" CHECK ("select" <> 13),
  "from" integer CONSTRAINT "fk -> ""..""" REFERENCES ".."."..",
  "$1" "Hostile ""schema""
; -- /* 😀 $$"."kind; ""of"" 'thing'",
  "do$main$" ".."."do$main$"
);
CREATE INDEX "
" ON ".."."DROP TABLE x; --" ("select") WHERE "from" IS NOT NULL;

-- A series; every part of it is named with malice.
CREATE TABLE "Hostile ""schema""
; -- /* 😀 $$"."time ""series"" it's
; DROP -- /*" (
  "the ""time"" it's; --" timestamptz NOT NULL,
  "device
id" integer NOT NULL,
  "value 😀" double precision,
  "kind" "Hostile ""schema""
; -- /* 😀 $$"."kind; ""of"" 'thing'"
);

INSERT INTO "Hostile ""schema""
; -- /* 😀 $$"."aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffff 😀"
  ("aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffff__2") SELECT md5(i::text) FROM generate_series(1, 40) i;
INSERT INTO "..".aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffff__1 VALUES (1), (1), (1);
INSERT INTO "..".aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffff__2 VALUES (2), (2), (NULL);
INSERT INTO "..".".." (" ", "%s", "\") SELECT 'row ' || i, '%s', E'\\.' FROM generate_series(1, 30) i;
INSERT INTO ".."."back\slash\\" VALUES (E'\t', '\.', ':x', 1, '{d ''x''}'), ('', NULL, ':''x''', 2, '{');
INSERT INTO ".."."DROP TABLE x; --"
SELECT i * 100, 1 + i % 30, (enum_range(NULL::"Hostile ""schema""
; -- /* 😀 $$"."kind; ""of"" 'thing'"))[1 + i % 8], E'a\n\\.\nb'
FROM generate_series(1, 64) i;
INSERT INTO "Hostile ""schema""
; -- /* 😀 $$"."time ""series"" it's
; DROP -- /*"
SELECT timestamptz '2024-02-01 00:00+00' + i * interval '1 hour', i % 4, i / 8.0, (enum_range(NULL::"Hostile ""schema""
; -- /* 😀 $$"."kind; ""of"" 'thing'"))[1 + i % 8]
FROM generate_series(0, 999) i;

ALTER TABLE "Hostile ""schema""
; -- /* 😀 $$"."time ""series"" it's
; DROP -- /*"
  ADD CONSTRAINT "the ""key"" ONLY" PRIMARY KEY ("the ""time"" it's; --", "device
id");
CREATE INDEX "ALTER TABLE ONLY ""x"";
" ON "Hostile ""schema""
; -- /* 😀 $$"."time ""series"" it's
; DROP -- /*" ("device
id", "the ""time"" it's; --" DESC);

CREATE SEQUENCE ".."."seq; ""uence""" START 5 INCREMENT 5;
SELECT nextval('".."."seq; ""uence"""'), nextval('".."."seq; ""uence"""');

CREATE FUNCTION ".."."fun$$ction; --"("p; 1" integer DEFAULT 1, OUT "o ""ut""" text) LANGUAGE plpgsql AS $_$
BEGIN
  "o ""ut""" := $q$; COPY ".."."." FROM stdin;
\.
$q$ || $$ $1 -- /* $$ || "p; 1";
END
$_$;
CREATE FUNCTION ".."."trigger """() RETURNS trigger LANGUAGE plpgsql AS $_$ BEGIN RETURN NEW; END $_$;
CREATE TRIGGER "tri""gger;
--" BEFORE UPDATE ON "..".".." FOR EACH ROW EXECUTE FUNCTION ".."."trigger """();

CREATE VIEW ".."."view; ""'" AS SELECT "." AS "a ""b""", "\" AS ";" FROM "..".".." WHERE " " <> E'\\.\n;';
CREATE MATERIALIZED VIEW ".."."mat
view" AS SELECT count(*) AS "count(*)" FROM ".."."view; ""'";

COMMENT ON SCHEMA ".." IS E'two dots\n\\.\n-- */ $$ \\! echo';
COMMENT ON TABLE "..".".." IS '''; DROP TABLE "x"; --';
COMMENT ON COLUMN ".."."back\slash\\"."\." IS E'\\.\nCOPY "x" FROM stdin;\n1\n\\.\n';
COMMENT ON CONSTRAINT "the ""key"" ONLY" ON "Hostile ""schema""
; -- /* 😀 $$"."time ""series"" it's
; DROP -- /*" IS 'ALTER TABLE ONLY "a"."b"';
