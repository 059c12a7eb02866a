"""CloudWatch's GetMetricStatistics in the protocol that today's SDKs speak (Smithy RPC v2 with CBOR); moto has no ear for it.

Knows one metric, the free storage of an RDS instance: what is allocated less what the instance's tag
`lab:used-bytes` says. One data point, now; period, statistics and the time asked for are not looked at.
"""

from datetime import datetime, timezone

import cbor2
from moto.rds.models import rds_backends
from werkzeug.wrappers import Request, Response

from . import settings

PATH = "/service/GraniteServiceVersion20100801/operation/GetMetricStatistics"
USED_TAG = "lab:used-bytes"
_GIB = 1024**3


@Request.application
def metric_statistics(request: Request) -> Response:
    asked = cbor2.loads(request.get_data())
    points = [
        {"Timestamp": datetime.now(timezone.utc), "Minimum": float(free), "Unit": "Bytes"}
        for free in _free_storage(asked)
    ]
    body = cbor2.dumps(
        {"Label": asked.get("MetricName", ""), "Datapoints": points}, datetime_as_timestamp=True
    )
    return Response(body, 200, {"smithy-protocol": "rpc-v2-cbor"}, content_type="application/cbor")


def _free_storage(asked: dict) -> list[int]:
    if (asked.get("Namespace"), asked.get("MetricName")) != ("AWS/RDS", "FreeStorageSpace"):
        return []
    names = [d["Value"] for d in asked.get("Dimensions", []) if d["Name"] == "DBInstanceIdentifier"]
    regions = rds_backends[settings.ACCOUNT]
    databases = [database for region in list(regions) for database in regions[region].databases.values()]
    return [
        database.allocated_storage * _GIB - int(tag["Value"])
        for database in databases
        if database.db_instance_identifier in names
        for tag in database.tags
        if tag["Key"] == USED_TAG
    ]
