"""Holds the account's IAM users to their policies, and keeps a record of what they called.

The access keys of the account's owner, and any that nobody made, may do anything; a user's may do what his inline
policies allow. What CloudFormation does for a user it does with his rights, as on AWS without a role of its own. The
record is at GET /lab/calls, one JSON object a line.
"""

import json
import threading
from html import escape

from moto.iam.models import iam_backends
from werkzeug.wrappers import Response

from . import actions, permissions, settings

PATH = "/lab/calls"
_RECORD: list[str] = []
_CALLER = threading.local()

_XML = """<?xml version="1.0" encoding="UTF-8"?>
"""
_EC2 = _XML + "<Response><Errors><Error><Code>UnauthorizedOperation</Code><Message>{}</Message></Error></Errors></Response>"
_QUERY = _XML + "<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>{}</Message></Error></ErrorResponse>"
_S3 = _XML + "<Error><Code>AccessDenied</Code><Message>{}</Message></Error>"
_JSON_SERVICES = {"ssm", "secretsmanager", "logs", "cloudwatch"}


def access_key() -> str:
    """The key with which CloudFormation calls: the one of whoever asked it to."""
    return getattr(_CALLER, "access_key", None) or "cloudformation"


def refused(environ) -> Response | None:
    """The answer to a call that its user's policies do not allow, else None."""
    _CALLER.access_key = None
    for call in actions.calls_of(environ):
        user = _user(call.access_key)
        if not user:
            return None
        _CALLER.access_key = call.access_key
        if not _allowed(user, call.action, call.resource):
            return _denial(user, call)
    return None


def require(action: str, resource: str) -> str | None:
    """A right that AWS asks for besides that to the call itself; why it is refused, or None.

    This is asked within the request of whoever changes the stack.
    """
    user = _user(access_key())
    if not user or _allowed(user, action, resource):
        return None
    return f"User: {user.arn} is not authorized to perform: {action} on resource: {resource}"


def _allowed(user, action: str, resource: str | None) -> bool:
    allowed = action == "sts:GetCallerIdentity" or permissions.allows(user, action, resource)
    _RECORD.append(json.dumps({"action": action, "resource": resource, "allowed": allowed}))
    return allowed


def record(environ, start_response):
    body = "".join(line + "\n" for line in list(_RECORD))
    return Response(body, 200, content_type="application/json")(environ, start_response)


def _user(key: str):
    for user in list(iam_backends[settings.ACCOUNT]["aws"].users.values()):
        if any(own.access_key_id == key for own in user.access_keys):
            return user
    return None


def _denial(user, call: actions.Call) -> Response:
    message = f"User: {user.arn} is not authorized to perform: {call.action} on resource: {call.resource or '*'}"
    service = call.action.split(":")[0]
    if service in _JSON_SERVICES:
        body = json.dumps({"__type": "AccessDeniedException", "Message": message})
        return Response(body, 400, content_type="application/x-amz-json-1.1")
    text = {"ec2": _EC2, "s3": _S3}.get(service, _QUERY).format(escape(message))
    return Response(text, 403, content_type="application/xml")
