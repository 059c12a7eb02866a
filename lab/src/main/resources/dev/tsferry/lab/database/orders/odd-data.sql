INSERT INTO odd.every_type (id) VALUES (1);
INSERT INTO odd.every_type VALUES
  (2, true, 'x', 'a b', 'varchar', 'text', 'a name', 1, 2, 3, 4.50, 5.12345, 0.1, 0.1, '1234.56', 4294967295,
   '2024-02-29', '24:00', '23:59:59.999999-15:59', '2024-06-30 23:59:59.999999', '2024-03-31 02:30:00+01',
   '1 year 2 mons -3 days 04:05:06.789', '\x00ff5c2e0a', '00000000-0000-0000-0000-000000000001', B'10101', B'1',
   '192.168.0.1/24', '10.0.0.0/8', '08:00:2b:01:02:03', '08:00:2b:01:02:03:04:05',
   '(1,2)', '{1,2,3}', '[(0,0),(1,1)]', '(2,2),(0,0)', '[(0,0),(1,1)]', '((0,0),(1,1),(1,0))', '<(1,1),2>',
   '{"a" : 1, "a":  2}', '{"a": 1.00}', '$.a[*] ? (@ > 1)', '<a b="c">d</a>', '''it''''s'':1A b:2', '''fat'' & !rat',
   '[1,5)', '{(1,2],[7,8)}', '[2024-01-01 00:00+00,)', '16/B374D848', '10:20:10,14,15', '18446744073709551615',
   'shop.orders', 'shop.order_state', '[0:2]={1,NULL,3}', '{{"a,b","\"q\""},{"\\",NULL}}',
   '{new,packed}', '("a ""b"" , c",,"")', 'A@B.c', '[1.5,2.5)', 'CaSe', '"a b"=>"c\"d", "n"=>NULL'),
  (3, false, '', '', '', '', '', -32768, -2147483648, -9223372036854775808, 'NaN', 'NaN',
   'NaN', 'NaN', '-92233720368547758.08', 0, '4713-01-01 BC', '00:00', '00:00:00+15:59',
   '4713-01-01 00:00:00 BC', '0001-01-01 00:00:00+00 BC', '-178000000 years', '', NULL, B'00000', '',
   '::1', '::/0', NULL, NULL, '(NaN,-0)', NULL, NULL, NULL, '((0,0),(3,3))', NULL, NULL,
   'null', 'null', '$', '', '', '', 'empty', '{}', 'empty', '0/0', '1:1:', '0',
   NULL, NULL, '{}', '{}', '{}', '(,,)', NULL, 'empty', '', ''),
  (4, NULL, 'é', 'ééééééé', repeat('é', 20), E'\\.\n\\N\r\n\t\b\v\f\\', 'Ω', 32767, 2147483647, 9223372036854775807,
   'Infinity', -0.00001, '-Infinity', '1.7976931348623157e308', '0.01', 1, 'infinity', '12:00:00.000001',
   '12:00:00.000001+00', 'infinity', '-infinity', '00:00:00.000001', decode(repeat('00', 100), 'hex'),
   'ffffffff-ffff-ffff-ffff-ffffffffffff', B'11111', repeat('10', 100)::bit varying,
   'fe80::1/64', '2001:db8::/32', 'ff:ff:ff:ff:ff:ff', 'ff:ff:ff:ff:ff:ff:ff:ff',
   '(1e-300,1e300)', NULL, NULL, NULL, NULL, NULL, NULL,
   '"\u00e9\ud83d\ude00"', '"\u00e9\ud83d\ude00\\n"', 'strict $.**', '<!-- c --> text', 'é', 'a <-> b',
   '(,)', '{(,0),[5,)}', '(,infinity)', 'FFFFFFFF/FFFFFFFF', '1:1:', '1',
   '"we""ird, it''s
a 😀 schema; --"."select * from ""T""; /* \. $$"', 'numeric(10,2)[]', ARRAY[[1, 2], [3, 4]], ARRAY[['']],
   NULL, '("\\","line
break",)', NULL, '(,)', 'É', '"=>"=>","');
-- Smallest positive numbers, negative zero and the widest numeric.
INSERT INTO odd.every_type (id, a_real, a_double, a_numeric, a_date, a_timestamptz) VALUES
  (5, '1e-45', '5e-324', (repeat('9', 1000) || '.' || repeat('1', 1000))::numeric, '-infinity', '294276-12-31 23:59:59.999999+00'),
  (6, '-0', '-0', 0.000, '5874897-12-31', '4714-11-24 00:00:00+00 BC');

INSERT INTO odd.twins SELECT i % 3, CASE i % 3 WHEN 0 THEN NULL ELSE 'twin' END FROM generate_series(1, 300) i;
INSERT INTO odd.twins SELECT NULL, NULL FROM generate_series(1, 7);
INSERT INTO odd.no_columns SELECT FROM generate_series(1, 5);
INSERT INTO odd.only_generated SELECT FROM generate_series(1, 4);

INSERT INTO odd.texts VALUES
  (1, ''), (2, NULL), (3, '\N'), (4, '\.'), (5, E'\\.\n'), (6, E'a\\.\nb'), (7, E'\r'), (8, E'\r\n'), (9, E'\n'),
  (10, E'\t'), (11, '\\'), (12, E'end with \\'), (13, '\x41'), (14, '"quoted", with comma'), (15, 'it''s'),
  (16, 'COPY "odd"."texts" FROM stdin;'), (17, E'SET search_path = x;\n\\connect other\n\\! id'),
  (18, '; -- /* $$ $1 :var :''var'' %s ${x} `id`'), (19, 'é Ω 😀 안녕 שלום e' || U&'\0301'), (20, U&'\FEFF bom'),
  (21, U&'\+10FFFF'), (22, E'\x01\x02\x7f'), (23, repeat(' ', 3)), (24, 'null');

-- Far above a page: stored apart, compressed and not.
INSERT INTO odd.large
SELECT i, (SELECT string_agg(md5((i * 100000 + j)::text), '') FROM generate_series(1, i * 600) j),
       decode((SELECT string_agg(md5((i * 100000 - j)::text), '') FROM generate_series(1, i * 300) j), 'hex')
FROM generate_series(1, 20) i;
INSERT INTO odd.large VALUES (21, repeat('compressible ', 200000), NULL);

-- Numbers of their own choice, since they are data: other rows name them.
INSERT INTO odd.large_object_list VALUES
  ('small', lo_from_bytea(4100001, '\x00010203')),
  ('empty', lo_create(4100002)),
  ('200 kB', lo_from_bytea(4100003, (SELECT decode(string_agg(md5(j::text), ''), 'hex') FROM generate_series(1, 12500) j)));
COMMENT ON LARGE OBJECT 4100001 IS 'a "large" object; it''s small';

INSERT INTO odd.documents VALUES (1, 'parent''s own');
INSERT INTO odd.contracts VALUES (2, 'of the child', 'partner', '2024-01-01'), (3, 'another', NULL, NULL);
INSERT INTO odd.annexes VALUES (4, 'of the grandchild', 'partner', '2024-01-02');

INSERT INTO "we""ird, it's
a 😀 schema; --"."select * from ""T""; /* \. $$" ("""", "new
line", "ORDER")
SELECT CASE WHEN i % 2 = 0 THEN E'\\.' END, E'line\n' || i, i FROM generate_series(20, 119) i;
