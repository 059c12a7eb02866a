/* What TimescaleDB's loader looks for in the library of the full edition: a function that would take its features into
   service, here none. */
#include "postgres.h"
#include "fmgr.h"

PG_MODULE_MAGIC;
PG_FUNCTION_INFO_V1(ts_module_init);

Datum
ts_module_init(PG_FUNCTION_ARGS)
{
    PG_RETURN_BOOL(true);
}
