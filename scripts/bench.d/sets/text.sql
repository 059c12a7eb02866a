-- Articles and documents: text of a few hundred bytes to a few kB, jsonb with nesting; indexes on words and on keys.
select :megabytes * 430 as rows \gset
create table articles as
  select g as id, 'The ' || g || 'th of its kind' as title,
         (select string_agg((array['whale', 'harbour', 'rope', 'mast', 'salt', 'wind', 'lantern', 'keel'])[1 + (g * 7 + i * i) % 8] || ' ' || (g * i) % 9973, ' ')
            from generate_series(1, 20 + g % 120) i) as body
    from generate_series(1, :rows) g;
create table documents as
  select g as id,
         jsonb_build_object('kind', g % 7, 'name', md5(g::text), 'price', (g % 9999) / 100.0,
           'lines', (select jsonb_agg(jsonb_build_object('sku', md5((g + i)::text), 'count', i, 'price', g / (i + 1.0)))
                       from generate_series(1, 2 + g % 12) i)) as body
    from generate_series(1, :rows) g;
alter table articles add primary key (id);
alter table documents add primary key (id);
create index on articles using gin (to_tsvector('simple', title));
create index on documents ((body ->> 'kind'), id);
create index on documents using gin ((body -> 'lines') jsonb_path_ops) where id % 10 = 0;
