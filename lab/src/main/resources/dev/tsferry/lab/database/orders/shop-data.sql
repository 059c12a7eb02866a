-- Rows of the application; lab.readings says how many, as in telemetry-data.sql.

INSERT INTO shop.customers (key, email, name, home, former_homes, preferences)
SELECT ext.uuid_generate_v5(ext.uuid_ns_url(), 'customer ' || i),
       CASE WHEN i % 10 > 0 THEN 'Customer' || i || '@Example.org' END,
       CASE i % 3 WHEN 0 THEN 'Ödön "Ö" O''Hara' WHEN 1 THEN E'Anna\\Berta' ELSE '安娜 😀' END || ' ' || i,
       ROW('Street "' || i % 90 || '", right', NULL, lpad(i::text, 5, '0'))::shop.address,
       CASE WHEN i % 4 = 0 THEN ARRAY[ROW('a, b', '(c)', '')::shop.address, NULL] END,
       public.hstore('colour', CASE WHEN i % 2 = 0 THEN 'red => blue' END)
FROM generate_series(1, greatest(current_setting('lab.readings')::integer / 160, 20)) i;

INSERT INTO shop.departments (name) VALUES ('sales'), ('IT "ops"'), ('');
INSERT INTO shop.employees (department_id, superior, salary, hired)
SELECT 1 + i % 3, CASE WHEN i > 1 THEN i / 2 END, (i * 1000.5)::numeric::money,
       daterange(date '2020-01-01' + i, CASE WHEN i % 5 = 0 THEN date '2023-01-01' + i END, '[]')
FROM generate_series(1, 60) i;
UPDATE shop.departments SET head = id;

INSERT INTO shop.products (category, code, title, price, price_history, picture)
SELECT CASE i % 3 WHEN 0 THEN 'old' WHEN 1 THEN 'new "&" shiny' ELSE 'tools' END, i, 'Product ' || i,
       i * 1.25, ARRAY[shop.price_range(i, i + 1), 'empty', shop.price_range(NULL, i)],
       decode(md5(i::text) || '00ff5c0a', 'hex')
FROM generate_series(1, 500) i;

INSERT INTO shop.orders (customer_id, state, placed_at, note, total)
SELECT 1000 + 3 * (i % customers), (enum_range(NULL::shop.order_state))[1 + i % 5],
       timestamptz '2023-06-01 08:00:00+02' + i * interval '7 minutes 0.123 seconds',
       CASE i % 6 WHEN 0 THEN NULL WHEN 1 THEN '' WHEN 2 THEN '\N' WHEN 3 THEN E'tab\there\nand \\. there'
                  ELSE 'leave at the door' END,
       (hashint4(i) & 1048575) / 100.0
FROM (SELECT count(*)::integer AS customers FROM shop.customers) c,
     generate_series(0, greatest(current_setting('lab.readings')::integer / 32, 100) - 1) i
ORDER BY i;
ALTER TABLE shop.orders ADD COLUMN channel text NOT NULL DEFAULT 'web "shop"';

INSERT INTO shop.order_lines (order_id, line, category, code, quantity, unit_price)
SELECT o.id, l, CASE p % 3 WHEN 0 THEN 'old' WHEN 1 THEN 'new "&" shiny' ELSE 'tools' END, p, 1 + p % 9, 0.5 + p
FROM shop.orders o, generate_series(1, 3) l, LATERAL (SELECT 1 + (o.id * 7 + l) % 500 AS p) product
WHERE (o.id + l) % 6 > 0
ORDER BY o.id, l;

INSERT INTO shop.bookings
SELECT i % 5, tstzrange(t, t + interval '1 hour')
FROM generate_series(0, 199) i, LATERAL (SELECT timestamptz '2024-05-01 00:00+00' + i * interval '1 hour' AS t) s;

INSERT INTO shop.shipments
SELECT i, date '2023-11-01' + (i % 500)::integer, (ARRAY['de', 'fr', 'us', 'Übersee "x"'])[1 + i % 4],
       CASE WHEN i % 2 = 0 THEN 1 + i % 100 END, i / 7.0
FROM generate_series(1, greatest(current_setting('lab.readings')::integer / 64, 1000)) i;
INSERT INTO shop.sessions SELECT md5(i::text), timestamptz '2024-02-29 12:00+00' FROM generate_series(1, 300) i;
INSERT INTO shop.carts SELECT i, jsonb_build_object('items', i) FROM generate_series(1, 50) i;

INSERT INTO shop.journal (at, who, what)
SELECT timestamptz '2024-01-01 00:00+00' + i * interval '1 second', 'nobody', 'entry ' || i
FROM generate_series(1, 100) i;
INSERT INTO shop.confidential
SELECT i, (ARRAY['alice', 'bob', 'rds_reporting'])[1 + i % 3], 'secret ' || md5(i::text)
FROM generate_series(1, 30) i;

-- Rows that came before the rule: neither constraint was ever validated.
ALTER TABLE shop.journal ADD CONSTRAINT no_first_entry CHECK (what <> 'entry 1') NOT VALID;
ALTER TABLE shop.carts
  ADD CONSTRAINT carts_customer_fkey FOREIGN KEY (customer_id) REFERENCES shop.customers NOT VALID;

-- Values that no count of rows explains.
SELECT setval('shop.invoice_number', 987650), setval('shop.countdown', -3, false),
       setval('shop.departments_id_seq', 77), nextval('shop.invoice_number'),
       setval('shop.journal_id_seq', 9223372036854775806);
