-- A comment on everything that its owner may comment on.
DO $$
DECLARE o record; said integer := 0;
BEGIN
  FOR o IN
    SELECT i.type, i.identity, c.classid, c.objid, i.schema, i.name
    FROM (
      SELECT 'pg_namespace'::regclass AS classid, oid AS objid, oid AS nsp FROM pg_namespace
      UNION ALL SELECT 'pg_class'::regclass, oid, relnamespace FROM pg_class WHERE relkind IN ('r', 'p', 'v', 'm', 'S', 'i', 'I')
      UNION ALL SELECT 'pg_proc'::regclass, oid, pronamespace FROM pg_proc
      UNION ALL SELECT 'pg_type'::regclass, oid, typnamespace FROM pg_type t WHERE typtype IN ('e', 'd', 'r')
        OR typtype = 'c' AND EXISTS (SELECT FROM pg_class WHERE pg_class.oid = typrelid AND relkind = 'c')
      UNION ALL SELECT 'pg_collation'::regclass, oid, collnamespace FROM pg_collation
      UNION ALL SELECT 'pg_operator'::regclass, oid, oprnamespace FROM pg_operator
      UNION ALL SELECT 'pg_conversion'::regclass, oid, connamespace FROM pg_conversion
      UNION ALL SELECT 'pg_ts_dict'::regclass, oid, dictnamespace FROM pg_ts_dict
      UNION ALL SELECT 'pg_ts_config'::regclass, oid, cfgnamespace FROM pg_ts_config
      UNION ALL SELECT 'pg_statistic_ext'::regclass, oid, stxnamespace FROM pg_statistic_ext
    ) c JOIN pg_namespace n ON n.oid = c.nsp, pg_identify_object(c.classid, c.objid, 0) i
    WHERE n.nspname IN ('everything', 'every "thing"', 'nothing_in_it')
      AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = c.classid AND d.objid = c.objid AND d.deptype IN ('e', 'i'))
  LOOP
    EXECUTE format('COMMENT ON %s %s IS %L',
      CASE o.type WHEN 'composite type' THEN 'type' WHEN 'partitioned table' THEN 'table' WHEN 'partitioned index' THEN 'index'
        WHEN 'statistics object' THEN 'statistics' WHEN 'domain' THEN 'domain' ELSE o.type END,
      CASE o.type WHEN 'aggregate' THEN replace(o.identity, '()', '(*)') ELSE o.identity END,
      'comment; on "' || o.type || '" ''' || coalesce(o.name, o.identity) || E'''\n\\.\n');
    said := said + 1;
  END LOOP;
  FOR o IN SELECT c.oid::regclass AS rel, a.attname FROM pg_class c JOIN pg_attribute a ON attrelid = c.oid
           WHERE relnamespace::regnamespace::text IN ('everything', '"every ""thing"""') AND relkind IN ('r', 'p', 'v', 'm', 'c') AND attnum > 0 AND NOT attisdropped AND attnum % 3 = 1
             AND relname <> 'widest' LOOP
    EXECUTE format('COMMENT ON COLUMN %s.%I IS %L', o.rel, o.attname, 'column ''' || o.attname);
  END LOOP;
  FOR o IN SELECT conname, conrelid::regclass AS rel FROM pg_constraint WHERE connamespace = 'everything'::regnamespace AND conrelid <> 0 AND conparentid = 0 AND contype <> 't' LOOP
    EXECUTE format('COMMENT ON CONSTRAINT %I ON %s IS %L', o.conname, o.rel, 'constraint ' || o.conname);
  END LOOP;
  FOR o IN SELECT tgname, tgrelid::regclass AS rel FROM pg_trigger WHERE NOT tgisinternal AND tgparentid = 0 LOOP
    EXECUTE format('COMMENT ON TRIGGER %I ON %s IS %L', o.tgname, o.rel, 'trigger ' || o.tgname);
  END LOOP;
  FOR o IN SELECT rulename, ev_class::regclass AS rel FROM pg_rules r JOIN pg_rewrite w USING (rulename) WHERE schemaname = 'everything' LOOP
    EXECUTE format('COMMENT ON RULE %I ON %s IS %L', o.rulename, o.rel, 'rule ' || o.rulename);
  END LOOP;
  FOR o IN SELECT polname, polrelid::regclass AS rel FROM pg_policy LOOP
    EXECUTE format('COMMENT ON POLICY %I ON %s IS %L', o.polname, o.rel, 'policy ' || o.polname);
  END LOOP;
END $$;
COMMENT ON CONSTRAINT is_even ON DOMAIN everything.even IS 'constraint of a domain';
COMMENT ON CAST (integer AS everything.pair) IS 'a cast';
COMMENT ON EXTENSION hstore IS 'a comment of the user''s own on an extension';
COMMENT ON DATABASE orders IS 'the database itself';
CREATE PUBLICATION some_tables FOR TABLE everything.parent (id, code) WHERE (id > 1), everything.searched WITH (publish = 'insert, delete');
COMMENT ON PUBLICATION some_tables IS 'a publication';
