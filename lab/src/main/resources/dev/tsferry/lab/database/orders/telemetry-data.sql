-- Every value is a function of the row's number: no random(), no now(). lab.readings says how many
-- rows the largest table gets; the others follow it. The series always span the same 84 days.

INSERT INTO telemetry.devices (serial_number, installed_on, position, labels)
SELECT 'TF-' || upper(substr(md5(i::text), 1, 8)), date '2023-01-01' + i,
       point(i % 17, (i % 23) / 8.0), ARRAY['rack ' || i % 9, 'a "b" \ c', NULL]
FROM generate_series(1, 200) i;

INSERT INTO telemetry.readings
SELECT timestamptz '2024-01-01 00:00:00+00'
         + (i / 200) * (interval '84 days' / greatest(n / 200, 1)),
       1 + i % 200,
       CASE WHEN i % 99991 = 0 THEN 'NaN'::float8
            WHEN i % 99989 = 0 THEN '-Infinity'::float8
            ELSE (hashint4(i) & 65535) / 1024.0::float8 END,
       CASE WHEN i % 37 = 0 THEN NULL ELSE (hashint4(i + 1) & 4095) / 41.0::real END,
       950 + (hashint4(i + 2) & 8191) / 100.0,
       (i % 5)::smallint,
       CASE WHEN i % 1000 = 0 THEN E'checked\tby hand \\ ' || i END
FROM (SELECT current_setting('lab.readings')::integer AS n) scale,
     LATERAL generate_series(0, n - 1) i;

INSERT INTO telemetry.events
SELECT 1 + i % 200,
       timestamptz '2024-01-01 00:00:00.000001+00' + i * (interval '84 days' / n),
       (enum_range(NULL::telemetry.severity))[1 + i % 4],
       jsonb_build_object('n', i, 'hash', md5(i::text), 'ok', i % 7 = 0, 'text', E'é "q" \\ \n 😀',
                          'list', jsonb_build_array(i % 3, NULL, 1.50))
FROM (SELECT current_setting('lab.readings')::integer / 8 AS n) scale,
     LATERAL generate_series(0, n - 1) i;

INSERT INTO telemetry."Sensor Log" ("recorded At", "Message")
SELECT timestamp '2024-01-01 00:00:00' + i * (interval '84 days' / n),
       CASE i % 4 WHEN 0 THEN '' WHEN 1 THEN '\.' WHEN 2 THEN E'line 1\nline 2' ELSE md5(i::text) END
FROM (SELECT current_setting('lab.readings')::integer / 16 AS n) scale,
     LATERAL generate_series(0, n - 1) i
ORDER BY i;

INSERT INTO telemetry.counters
SELECT i * 1000::bigint, 1 + i % 200, hashint8extended(i, 0)
FROM generate_series(0, current_setting('lab.readings')::integer / 32 - 1) i;
