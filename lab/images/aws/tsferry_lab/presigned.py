"""Presigned URLs that expire, as on S3; moto looks at neither their time nor their signature."""

from datetime import datetime, timedelta, timezone
from urllib.parse import parse_qs

from werkzeug.wrappers import Response

_EXPIRED = """<?xml version="1.0" encoding="UTF-8"?>
<Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>"""


def refused(environ) -> Response | None:
    """The answer to a request whose URL has expired, else None."""
    query = parse_qs(environ.get("QUERY_STRING", ""))
    if "X-Amz-Expires" not in query or "X-Amz-Date" not in query:
        return None
    signed = datetime.strptime(query["X-Amz-Date"][0], "%Y%m%dT%H%M%SZ").replace(tzinfo=timezone.utc)
    if datetime.now(timezone.utc) <= signed + timedelta(seconds=int(query["X-Amz-Expires"][0])):
        return None
    return Response(_EXPIRED, 403, content_type="application/xml")
