-- Pins whatever decides how a value is written as text, for this transaction.
SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY;
SET LOCAL search_path = pg_catalog;
SET LOCAL timezone = 'UTC';
SET LOCAL datestyle = 'ISO, YMD';
SET LOCAL intervalstyle = 'postgres';
SET LOCAL bytea_output = 'hex';
SET LOCAL extra_float_digits = 1;
SET LOCAL xmloption = 'content';
SET LOCAL lc_monetary = 'C';
-- Fails where a policy would hide rows.
SET LOCAL row_security = off;
SET LOCAL statement_timeout = 0;
