"""Holds the hosts to their roles: a call with credentials of the metadata service needs a policy that allows it.

Everybody else is the account's owner and may do anything. Known by action and resource is Secrets Manager, which is
what a migration host calls; of other services the whole service must be allowed.
"""

import io
import json
import re

from werkzeug.wrappers import Response

from . import permissions

_CREDENTIAL = re.compile(r"Credential=([^/]+)/\d+/[^/]+/([^/]+)/aws4_request")
#: Who an access key of the metadata service belongs to: (role, instance id).
_HOLDERS: dict[str, tuple] = {}


def issued(access_key: str, role, instance_id: str) -> None:
    _HOLDERS[access_key] = (role, instance_id)


def refused(environ) -> Response | None:
    """The answer to a call that the host's role does not allow, else None."""
    credential = _CREDENTIAL.search(environ.get("HTTP_AUTHORIZATION", ""))
    if not credential or credential.group(1) not in _HOLDERS:
        return None
    role, instance_id = _HOLDERS[credential.group(1)]
    service = credential.group(2)
    if service == "sts":
        return None
    action, resource = f"{service}:*", None
    if service == "secretsmanager":
        action = "secretsmanager:" + environ.get("HTTP_X_AMZ_TARGET", "").split(".")[-1]
        resource = _body(environ).get("SecretId", "*")
    if permissions.allows(role, action, resource):
        return None
    who = f"arn:aws:sts::{role.account_id}:assumed-role/{role.name}/{instance_id}"
    message = f"User: {who} is not authorized to perform: {action} on resource: {resource or '*'}"
    answer = json.dumps({"__type": "AccessDeniedException", "Message": message})
    return Response(answer, 400, content_type="application/x-amz-json-1.1")


def _body(environ) -> dict:
    """The request's JSON; it stays readable for whoever answers."""
    content = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    environ["wsgi.input"] = io.BytesIO(content)
    return json.loads(content or b"{}")
