-- Functions, views, triggers, rules and policies; after the rows, so that none of them meddles.

CREATE FUNCTION shop.order_total(wanted integer) RETURNS numeric
LANGUAGE sql STABLE
BEGIN ATOMIC
  SELECT coalesce(sum(l.amount), 0) FROM shop.order_lines l WHERE l.order_id = order_total.wanted;
END;

CREATE FUNCTION shop.full_title(category text, code integer DEFAULT 0) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN category || '; "' || code || '"';

-- Its text holds what a careless reader of a dump takes for statements.
CREATE FUNCTION shop."write journal; --"(INOUT what text, VARIADIC more text[] DEFAULT '{}')
LANGUAGE plpgsql SECURITY DEFINER SET search_path = shop, pg_temp AS $function$
DECLARE
  statement text := $sql$
COPY "shop"."journal" FROM stdin;
1	nobody	nothing
\.

ALTER TABLE ONLY "telemetry"."readings" ADD CONSTRAINT "x" CHECK (true);
CREATE ROLE "rdsadmin" SUPERUSER;
$sql$;
BEGIN
  /* not; a; statement */
  what := format('%s; %s', what, array_to_string(more, $$; '$$));
  INSERT INTO shop.journal (at, what) VALUES (transaction_timestamp(), left(what, 200));
  RAISE DEBUG '% \', statement;
END;
$function$;

CREATE PROCEDURE shop.close_orders(IN before timestamptz, INOUT closed integer)
LANGUAGE plpgsql AS $$
BEGIN
  UPDATE shop.orders SET state = 'returned' WHERE placed_at < before AND state = 'sent';
  GET DIAGNOSTICS closed = ROW_COUNT;
END
$$;

CREATE FUNCTION shop.note_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO shop.journal (at, what) VALUES (transaction_timestamp(), TG_TABLE_NAME || ' ' || TG_OP);
  RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END
$$;

CREATE FUNCTION shop.count_new() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM count(*) FROM inserted;
  RETURN NULL;
END
$$;

CREATE AGGREGATE shop.product(numeric) (sfunc = numeric_mul, stype = numeric, initcond = '1');
CREATE OPERATOR shop.=== (leftarg = text, rightarg = integer, function = shop.full_title);
CREATE TEXT SEARCH CONFIGURATION shop.plain_words (COPY = pg_catalog.simple);

CREATE VIEW shop.order_summary AS
  SELECT o.id, o.state, c.name, shop.order_total(o.id) AS total
  FROM shop.orders o JOIN shop.customers c ON c.id = o.customer_id;
CREATE VIEW shop."summary of ""summaries""" WITH (security_barrier = true) AS
  SELECT state, count(*) AS "how many?" FROM shop.order_summary GROUP BY state;
-- Leans on the primary key, which a dump makes only after the rows.
CREATE VIEW shop.customer_orders AS
  SELECT c.*, count(o.id) AS orders
  FROM shop.customers c LEFT JOIN shop.orders o ON o.customer_id = c.id GROUP BY c.id;
CREATE VIEW shop.new_orders WITH (security_invoker = true) AS
  SELECT id, customer_id, state, placed_at, total FROM shop.orders WHERE state = 'new'
  WITH LOCAL CHECK OPTION;
CREATE RECURSIVE VIEW shop.hierarchy (id, path) AS
  SELECT id, ARRAY[id] FROM shop.employees WHERE superior IS NULL
  UNION ALL
  SELECT e.id, h.path || e.id FROM shop.employees e JOIN hierarchy h ON h.id = e.superior;
CREATE VIEW telemetry.latest AS
  SELECT DISTINCT ON (device_id) device_id, ts, temperature
  FROM telemetry.readings ORDER BY device_id, ts DESC;

CREATE MATERIALIZED VIEW telemetry.daily AS
  SELECT device_id, date_trunc('day', ts, 'UTC') AS day, count(*) AS readings,
         min(pressure) AS lowest, max(pressure) AS highest
  FROM telemetry.readings GROUP BY 1, 2;
CREATE UNIQUE INDEX daily_key ON telemetry.daily (device_id, day);
CREATE MATERIALIZED VIEW telemetry.monthly AS
  SELECT date_trunc('month', day, 'UTC') AS month, sum(readings) AS readings FROM telemetry.daily GROUP BY 1;
CREATE MATERIALIZED VIEW telemetry.never_filled AS SELECT count(*) FROM telemetry.events WITH NO DATA;

CREATE TRIGGER orders_noted AFTER UPDATE OF state OR DELETE ON shop.orders
  FOR EACH ROW EXECUTE FUNCTION shop.note_change();
CREATE TRIGGER "changed; when total" BEFORE UPDATE ON shop.orders
  FOR EACH ROW WHEN (OLD.total IS DISTINCT FROM NEW.total) EXECUTE FUNCTION shop.note_change();
CREATE TRIGGER orders_counted AFTER INSERT ON shop.orders
  REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION shop.count_new();
CREATE CONSTRAINT TRIGGER late AFTER INSERT ON shop.order_lines DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION shop.note_change();
CREATE TRIGGER via_view INSTEAD OF INSERT ON shop.order_summary
  FOR EACH ROW EXECUTE FUNCTION shop.note_change();
CREATE TRIGGER switched_off BEFORE INSERT ON shop.products
  FOR EACH ROW EXECUTE FUNCTION shop.note_change();
ALTER TABLE shop.products DISABLE TRIGGER switched_off;
CREATE TRIGGER always BEFORE DELETE ON shop.products
  FOR EACH ROW EXECUTE FUNCTION shop.note_change();
ALTER TABLE shop.products ENABLE ALWAYS TRIGGER always;
-- Would change every row that is loaded after it.
CREATE FUNCTION telemetry.forbid_status() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.status := 9;
  RETURN NEW;
END
$$;
CREATE TRIGGER late_readings BEFORE INSERT ON telemetry.readings
  FOR EACH ROW EXECUTE FUNCTION telemetry.forbid_status();

CREATE RULE journal_is_final AS ON DELETE TO shop.journal DO INSTEAD NOTHING;
CREATE RULE carts_also AS ON INSERT TO shop.carts DO ALSO
  INSERT INTO shop.journal (at, what) VALUES (transaction_timestamp(), 'cart; of ' || NEW.customer_id);

ALTER TABLE shop.confidential ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_rows ON shop.confidential TO shop_reader, "O'Brien, ""the"" SUPERUSER"
  USING (owner_role = current_user);
CREATE POLICY "audit; all" ON shop.confidential AS RESTRICTIVE FOR SELECT TO shop_auditor USING (id > 0);

-- Objects that are not the master user's own.
GRANT CREATE ON SCHEMA shop TO shop_owner;
ALTER TABLE shop.products OWNER TO shop_owner;
ALTER TABLE shop.confidential OWNER TO shop_owner;
ALTER FUNCTION shop.full_title(text, integer) OWNER TO shop_owner;
