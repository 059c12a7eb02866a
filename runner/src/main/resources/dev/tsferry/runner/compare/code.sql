SELECT CASE p.prokind WHEN 'p' THEN 'procedure' WHEN 'a' THEN 'aggregate' ELSE 'function' END,
       (pg_catalog.pg_identify_object('pg_catalog.pg_proc'::regclass, p.oid, 0)).identity, NULL,
       'pg_catalog.pg_proc'::regclass::oid::bigint, p.oid::bigint,
       jsonb_build_object(
         'definition', CASE WHEN p.prokind <> 'a' THEN pg_catalog.pg_get_functiondef(p.oid) END,
         'arguments', pg_catalog.pg_get_function_arguments(p.oid), 'result', pg_catalog.pg_get_function_result(p.oid),
         'parallel', p.proparallel, 'leakproof', p.proleakproof,
         'depends on extensions', (SELECT string_agg(e.extname, ', ' ORDER BY 1) FROM pg_catalog.pg_depend d JOIN pg_catalog.pg_extension e ON e.oid = d.refobjid
                                   WHERE d.classid = 'pg_catalog.pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'x'))
       || coalesce((SELECT jsonb_build_object('kind', g.aggkind, 'direct arguments', g.aggnumdirectargs, 'state function', g.aggtransfn::regprocedure::text,
           'final function', nullif(g.aggfinalfn, 0)::regprocedure::text, 'combine function', nullif(g.aggcombinefn, 0)::regprocedure::text,
           'serial functions', g.aggserialfn::text || g.aggdeserialfn::text, 'moving functions', g.aggmtransfn::text || g.aggminvtransfn::text || g.aggmfinalfn::text,
           'final extra', g.aggfinalextra, 'moving final extra', g.aggmfinalextra, 'final modifies', g.aggfinalmodify, 'moving final modifies', g.aggmfinalmodify,
           'sort operator', nullif(g.aggsortop, 0)::regoperator::text, 'state type', g.aggtranstype::regtype::text, 'state size', g.aggtransspace,
           'moving state type', g.aggmtranstype::regtype::text, 'moving state size', g.aggmtransspace, 'initial', g.agginitval, 'moving initial', g.aggminitval)
         FROM pg_catalog.pg_aggregate g WHERE g.aggfnoid = p.oid), '{}')
FROM pg_catalog.pg_proc p JOIN space s ON s.oid = p.pronamespace
WHERE NOT EXISTS (SELECT FROM member m WHERE m.classid = 'pg_catalog.pg_proc'::regclass AND m.objid = p.oid)
  -- A range type's constructors are the type's own.
  AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d WHERE d.classid = 'pg_catalog.pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'i'
                    AND d.refclassid = 'pg_catalog.pg_type'::regclass)
UNION ALL
-- An operator that was only mentioned, as another's commutator, is no operator yet.
SELECT 'operator', (pg_catalog.pg_identify_object('pg_catalog.pg_operator'::regclass, o.oid, 0)).identity, NULL,
       'pg_catalog.pg_operator'::regclass::oid::bigint, o.oid::bigint,
       jsonb_build_object('function', o.oprcode::regprocedure::text, 'result', o.oprresult::regtype::text, 'commutator', nullif(o.oprcom, 0)::regoperator::text,
         'negator', nullif(o.oprnegate, 0)::regoperator::text, 'restrict', o.oprrest::text, 'join', o.oprjoin::text, 'merges', o.oprcanmerge, 'hashes', o.oprcanhash)
FROM pg_catalog.pg_operator o JOIN space s ON s.oid = o.oprnamespace
WHERE o.oprcode <> 0 AND NOT EXISTS (SELECT FROM member m WHERE m.classid = 'pg_catalog.pg_operator'::regclass AND m.objid = o.oid)
UNION ALL
SELECT 'operator class', (pg_catalog.pg_identify_object('pg_catalog.pg_opclass'::regclass, o.oid, 0)).identity, NULL,
       'pg_catalog.pg_opclass'::regclass::oid::bigint, o.oid::bigint,
       jsonb_build_object('type', o.opcintype::regtype::text, 'default', o.opcdefault, 'stored type', o.opckeytype::regtype::text,
         'family', (pg_catalog.pg_identify_object('pg_catalog.pg_opfamily'::regclass, o.opcfamily, 0)).identity)
FROM pg_catalog.pg_opclass o JOIN space s ON s.oid = o.opcnamespace
WHERE NOT EXISTS (SELECT FROM member m WHERE m.classid = 'pg_catalog.pg_opclass'::regclass AND m.objid = o.oid)
UNION ALL
SELECT 'operator family', (pg_catalog.pg_identify_object('pg_catalog.pg_opfamily'::regclass, f.oid, 0)).identity, NULL,
       'pg_catalog.pg_opfamily'::regclass::oid::bigint, f.oid::bigint,
       jsonb_build_object(
         'operators', (SELECT string_agg(concat_ws(' ', amopstrategy, amopopr::regoperator, amoppurpose,
                          CASE WHEN amopsortfamily <> 0 THEN (pg_catalog.pg_identify_object('pg_catalog.pg_opfamily'::regclass, amopsortfamily, 0)).identity END), ', '
                          ORDER BY amopstrategy, amopopr::regoperator::text, amoppurpose) FROM pg_catalog.pg_amop WHERE amopfamily = f.oid),
         'functions', (SELECT string_agg(concat_ws(' ', amprocnum, amproclefttype::regtype, amprocrighttype::regtype, amproc::regprocedure), ', '
                          ORDER BY amprocnum, amproclefttype::regtype::text, amprocrighttype::regtype::text) FROM pg_catalog.pg_amproc WHERE amprocfamily = f.oid))
FROM pg_catalog.pg_opfamily f JOIN space s ON s.oid = f.opfnamespace
WHERE NOT EXISTS (SELECT FROM member m WHERE m.classid = 'pg_catalog.pg_opfamily'::regclass AND m.objid = f.oid)
UNION ALL
SELECT 'cast', format('%s as %s', k.castsource::regtype, k.casttarget::regtype), NULL, 'pg_catalog.pg_cast'::regclass::oid::bigint, k.oid::bigint,
       jsonb_build_object('function', nullif(k.castfunc, 0)::regprocedure::text, 'context', k.castcontext, 'method', k.castmethod)
FROM pg_catalog.pg_cast k
WHERE k.oid >= 16384 AND NOT EXISTS (SELECT FROM member m WHERE m.classid = 'pg_catalog.pg_cast'::regclass AND m.objid = k.oid)
  -- A range type's cast to its multirange is the type's own.
  AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d WHERE d.classid = 'pg_catalog.pg_cast'::regclass AND d.objid = k.oid AND d.deptype = 'i')
