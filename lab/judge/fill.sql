-- Puts up to five rows into each table, in several rounds so that what is referred to comes first: a value that fits the
-- type of each column, and for a foreign key the values of a row that is there. A table that takes none stays as it is.
set client_min_messages = warning;
do $fill$
declare
  relation record;
  attribute record;
  names text;
  expressions text;
  expression text;
  number integer;
  before bigint;
begin
  for round in 1..6 loop
    for relation in
      select c.oid, c.oid::regclass as name from pg_class c join pg_namespace n on n.oid = relnamespace
      where relkind in ('r', 'p') and nspname !~ '^(pg_|_?timescaledb|information_schema|tsferry)' and not relispartition
        and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
      order by c.oid
    loop
      begin
        execute format('select count(*) from (select from %s limit 6) as few', relation.name) into before;
      exception when others then continue;
      end;
      continue when before > 5;
      for number in 1 .. 5 loop
        names := null; expressions := null;
        for attribute in
          select a.attname, a.attnotnull, a.atttypmod, coalesce(nullif(t.typbasetype, 0), t.oid) as type, t.typtype,
                 t.oid as own_type, d.oid is not null as has_default, case t.typtypmod when -1 then a.atttypmod else t.typtypmod end as size,
                 (select format('(select %I from %s order by 1 offset %s limit 1)', f.attname, k.confrelid::regclass, (number - 1))
                  from pg_constraint k cross join unnest(k.conkey, k.confkey) as pair(mine, theirs)
                       join pg_attribute f on f.attrelid = k.confrelid and f.attnum = pair.theirs
                  where k.conrelid = relation.oid and k.contype = 'f' and pair.mine = a.attnum and array_length(k.conkey, 1) = 1 limit 1) as reference
          from pg_attribute a join pg_type t on t.oid = a.atttypid
               left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
          where a.attrelid = relation.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' and a.attidentity = ''
          order by a.attnum
        loop
          continue when attribute.has_default and number % 2 = 1;
          expression := case
            when attribute.reference is not null then attribute.reference
            when attribute.typtype = 'e' or (select typtype from pg_type where oid = attribute.type) = 'e' then
              (select quote_literal(enumlabel) from pg_enum where enumtypid = attribute.type order by enumsortorder limit 1)
            when attribute.type in ('int2'::regtype, 'int4'::regtype, 'int8'::regtype, 'oid'::regtype) then (round * 10 + number)::text
            when attribute.type in ('numeric'::regtype, 'float4'::regtype, 'float8'::regtype, 'money'::regtype) then number || '.5'
            when attribute.type = 'bool'::regtype then case number % 2 when 0 then 'true' else 'false' end
            when attribute.type in ('text'::regtype, 'varchar'::regtype, 'bpchar'::regtype, 'name'::regtype) or attribute.type::regtype::text = 'citext' then
              quote_literal(left(case when attribute.size between 1 and 12 then chr(64 + round * 5 + number) else format(E'%s ''q"\\ \n\t→ %s', attribute.attname, round * 10 + number) end,
                                 case when attribute.size > 4 then attribute.size - 4 else 1000 end))
            when attribute.type in ('timestamptz'::regtype, 'timestamp'::regtype, 'date'::regtype) then format('''2026-0%s-1%s''', number, round)
            when attribute.type in ('time'::regtype, 'timetz'::regtype) then format('''0%s:00''', number)
            when attribute.type = 'interval'::regtype then format('''%s days''', number)
            when attribute.type = 'uuid'::regtype then quote_literal(md5(relation.oid || 'x' || (round * 10 + number)))
            when attribute.type in ('json'::regtype, 'jsonb'::regtype) then format('''{"n": %s}''', number)
            when attribute.type = 'bytea'::regtype then format('''\x0%s00ff''', number)
            when attribute.type in ('inet'::regtype, 'cidr'::regtype) then format('''10.0.0.%s''', number)
            when attribute.type = 'macaddr'::regtype then format('''08:00:2b:01:02:0%s''', number)
            when attribute.type = 'xml'::regtype then format('''<n>%s</n>''', number)
            when (select typcategory from pg_type where oid = attribute.type) = 'A' then '''{}'''
            when not attribute.attnotnull or attribute.has_default then null
            else '''1'''
          end;
          continue when expression is null;
          names := concat_ws(', ', names, quote_ident(attribute.attname));
          expressions := concat_ws(', ', expressions, expression);
        end loop;
        begin
          if names is null then
            execute format('insert into %s default values', relation.name);
          else
            execute format('insert into %s (%s) values (%s)', relation.name, names, expressions);
          end if;
        exception when others then null;
        end;
      end loop;
    end loop;
  end loop;
end $fill$;
