"""CloudWatch's GetMetricStatistics in the protocol that today's SDKs speak (Smithy RPC v2 with CBOR); moto has no ear for it.

Knows two metrics: the free storage of an RDS instance, which is what is allocated less what the instance's tag
`lab:used-bytes` says, and the used storage of an Aurora cluster, which is what its tag says. One data point, now; period, statistics and the time asked for are not looked at.
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
        {"Timestamp": datetime.now(timezone.utc), "Minimum": float(value), "Unit": "Bytes"}
        for value in _free_storage(asked) + _used_storage(asked)
    ]
    body = cbor2.dumps(
        {"Label": asked.get("MetricName", ""), "Datapoints": points}, datetime_as_timestamp=True
    )
    return Response(body, 200, {"smithy-protocol": "rpc-v2-cbor"}, content_type="application/cbor")


def _free_storage(asked: dict) -> list[int]:
    return [
        database.allocated_storage * _GIB - used
        for database, used in _tagged(asked, "FreeStorageSpace", "DBInstanceIdentifier", "databases")
    ]


def _used_storage(asked: dict) -> list[int]:
    return [used for _, used in _tagged(asked, "VolumeBytesUsed", "DBClusterIdentifier", "clusters")]


def _tagged(asked: dict, metric: str, dimension: str, kind: str) -> list[tuple]:
    """The databases that are asked for, with what their tags say that they use."""
    if (asked.get("Namespace"), asked.get("MetricName")) != ("AWS/RDS", metric):
        return []
    names = [d["Value"] for d in asked.get("Dimensions", []) if d["Name"] == dimension]
    regions = rds_backends[settings.ACCOUNT]
    return [
        (database, int(tag["Value"]))
        for region in list(regions)
        for name, database in getattr(regions[region], kind).items()
        if name in names
        for tag in database.tags
        if tag["Key"] == USED_TAG
    ]
