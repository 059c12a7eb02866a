-- The rows of each chunk by itself.
SELECT 'rows of ' || format('%I.%I', chunk_schema, chunk_name),
       format($$SELECT count(*) || ' rows with digest ' ||
                coalesce(sum(hashtextextended((r.*)::text COLLATE "C", 0)::numeric), 0)
                FROM ONLY %I.%I AS r$$, chunk_schema, chunk_name)
FROM timescaledb_information.chunks
