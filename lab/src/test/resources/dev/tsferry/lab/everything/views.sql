-- Views on views, with options, recursive, updatable; materialized views on each other.

CREATE VIEW everything.one AS SELECT id, name FROM everything.searched WHERE id < 100;
CREATE VIEW everything.on_one AS SELECT o.id, upper(o.name) AS "upper ""name""" FROM everything.one o JOIN everything.parent p USING (id);
CREATE VIEW everything.barrier WITH (security_barrier) AS SELECT * FROM everything.guarded WHERE NOT secret;
CREATE VIEW everything.invoker WITH (security_invoker = true) AS SELECT * FROM everything.guarded;
CREATE VIEW everything.checked AS SELECT id, a FROM everything.ruled WHERE id > 0 WITH CASCADED CHECK OPTION;
CREATE VIEW everything.checked_here AS SELECT id FROM everything.checked WHERE id < 1000 WITH LOCAL CHECK OPTION;
CREATE RECURSIVE VIEW everything.tree (id, up, depth) AS
  SELECT id, up, 0 FROM everything.self WHERE up IS NULL
  UNION ALL SELECT s.id, s.up, depth + 1 FROM everything.self s JOIN tree ON s.up = tree.id;
CREATE VIEW everything.with_default AS SELECT id, a FROM everything.ruled;
ALTER VIEW everything.with_default ALTER a SET DEFAULT 'by the view';
CREATE TRIGGER instead_of INSTEAD OF INSERT OR UPDATE ON everything.on_one FOR EACH ROW EXECUTE FUNCTION everything.on_row();
CREATE VIEW everything.windows AS
  SELECT id, rank() OVER w, sum(id) OVER (PARTITION BY id % 3 ORDER BY id ROWS BETWEEN 1 PRECEDING AND CURRENT ROW EXCLUDE TIES) AS s,
         count(*) FILTER (WHERE id > 3) OVER () AS n, percentile_cont(0.5) WITHIN GROUP (ORDER BY id) AS median
  FROM everything.parent GROUP BY id WINDOW w AS (PARTITION BY id % 2 ORDER BY id DESC);
CREATE VIEW everything.sql_of_all_sorts AS
  WITH RECURSIVE t(n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM t WHERE n < 5) SEARCH DEPTH FIRST BY n SET ord, m AS MATERIALIZED (SELECT 1 AS one)
  SELECT t.n, extract(year FROM now()) AS y, CASE n WHEN 1 THEN 'one' ELSE 'more' END AS c, n IN (1, 2, 3) AS i, ARRAY[n, 2] AS a, ROW(n, 'x')::everything.pair AS r,
    coalesce(NULL, n) AS co, substring('abc' FROM 2 FOR 1) AS su, 'a' LIKE 'b' AS li, 'x'::text COLLATE "C" AS cl, xmlelement(name foo, n) AS x,
    (SELECT count(*) FROM everything.parent p WHERE p.id = t.n) AS sub, l.v, CURRENT_USER AS u, timestamp '2024-01-01' AT TIME ZONE 'UTC' AS z,
    EXISTS (SELECT FROM everything.self) AS e, n = ANY (ARRAY[1, 2]) AS an, GREATEST(n, 1) AS g, n IS DISTINCT FROM 2 AS d, trim(BOTH ' ' FROM 'x') AS tr,
    (everything.pair_of(n)).left_one AS f, interval '1 day' * n AS iv, date_part('hour', now()) AS dp, position('a' IN 'b') AS po, overlay('abc' PLACING 'x' FROM 1) AS ov
  FROM t CROSS JOIN LATERAL (VALUES (t.n * 2)) l(v) LEFT JOIN m ON one = n
  ORDER BY t.n DESC NULLS LAST LIMIT 10 OFFSET 0;
CREATE VIEW everything.grouped AS SELECT region, at, sum(amount) AS total, grouping(region) AS g FROM everything.orders GROUP BY GROUPING SETS ((region), (at), ROLLUP (region, at)) HAVING sum(amount) > 0;
CREATE VIEW everything.sampled AS SELECT * FROM everything.parent TABLESAMPLE bernoulli (50) REPEATABLE (7) UNION SELECT * FROM everything.parent EXCEPT ALL SELECT * FROM everything.parent;
CREATE VIEW everything.no_columns AS SELECT FROM everything.no_column;
CREATE VIEW everything.of_functions AS SELECT r.*, m.ordinality FROM everything.returns_table(3) r, ROWS FROM (generate_series(1, 2), unnest(ARRAY['a', 'b'])) WITH ORDINALITY m(g, u);
-- Two views that need each other, as only CREATE OR REPLACE can make them: pg_dump must break the loop.
CREATE TABLE everything.loop_base (id integer PRIMARY KEY, x text);
CREATE VIEW everything.key_dependent AS SELECT id, x, count(*) AS n FROM everything.loop_base GROUP BY id;

CREATE MATERIALIZED VIEW everything.mat_first WITH (fillfactor = 90) AS SELECT id % 5 AS k, count(*) AS n FROM everything.searched GROUP BY 1;
CREATE UNIQUE INDEX mat_first_k ON everything.mat_first (k);
ALTER MATERIALIZED VIEW everything.mat_first CLUSTER ON mat_first_k;
CREATE VIEW everything.between_mats AS SELECT k, n * 2 AS n2 FROM everything.mat_first;
CREATE MATERIALIZED VIEW everything.mat_a_second AS SELECT k, n2 FROM everything.between_mats WHERE k > 0;
CREATE MATERIALIZED VIEW everything.a_mat_on_mats AS SELECT f.k, s.n2 FROM everything.mat_first f JOIN everything.mat_a_second s USING (k);
CREATE MATERIALIZED VIEW everything.mat_of_function AS SELECT everything.unqualified() AS n;
CREATE MATERIALIZED VIEW everything.mat_unpopulated AS SELECT id FROM everything.parent WITH NO DATA;
CREATE MATERIALIZED VIEW everything.mat_on_unpopulated AS SELECT id FROM everything.mat_unpopulated WITH NO DATA;
CREATE STATISTICS everything.mat_stats ON k, n FROM everything.mat_first;
