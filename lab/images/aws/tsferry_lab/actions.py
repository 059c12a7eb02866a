"""What a request asks for, in IAM's words: action and resource, as far as a policy of tsferry's names resources."""

import io
import json
import re
from dataclasses import dataclass
from urllib.parse import parse_qs, unquote

from . import settings

_SCOPE = re.compile(r"Credential=([^/]+)/\d+/([^/]+)/([^/]+)/aws4_request")
_QUERY_SCOPE = re.compile(r"([^/]+)/\d+/([^/]+)/([^/]+)/aws4_request")
_RPC = re.compile(r"/service/[^/]+/operation/([^/]+)")

#: Signing names that are not the prefix of the service's actions.
_PREFIXES = {"monitoring": "cloudwatch"}

_S3_BUCKET = {
    ("PUT", ""): "CreateBucket",
    ("DELETE", ""): "DeleteBucket",
    ("HEAD", ""): "ListBucket",
    ("GET", ""): "ListBucket",
    ("GET", "list-type"): "ListBucket",
    ("GET", "versions"): "ListBucketVersions",
    ("GET", "tagging"): "GetBucketTagging",
    ("PUT", "tagging"): "PutBucketTagging",
    ("PUT", "encryption"): "PutEncryptionConfiguration",
    ("PUT", "publicAccessBlock"): "PutBucketPublicAccessBlock",
    ("PUT", "ownershipControls"): "PutBucketOwnershipControls",
    ("PUT", "lifecycle"): "PutLifecycleConfiguration",
    ("PUT", "policy"): "PutBucketPolicy",
    ("DELETE", "policy"): "DeleteBucketPolicy",
}
_S3_OBJECT = {"PUT": "PutObject", "GET": "GetObject", "HEAD": "GetObject", "DELETE": "DeleteObject"}
#: Parameters that name the one resource of a call, by service, and how its ARN is made.
_NAMED = {
    "cloudformation": [("StackName", "arn:aws:cloudformation:{region}:{account}:stack/{}/id")],
    "iam": [
        ("InstanceProfileName", "arn:aws:iam::{account}:instance-profile/{}"),
        ("RoleName", "arn:aws:iam::{account}:role/{}"),
    ],
    "secretsmanager": [
        ("SecretId", "{}"),
        ("Name", "arn:aws:secretsmanager:{region}:{account}:secret:{}-AbCdEf"),
    ],
    "ssm": [("DocumentName", "arn:aws:ssm:{region}:{account}:document/{}")],
}
#: In these, "Name" names the resource; in other calls of Systems Manager it may be a parameter's.
_DOCUMENT_CALLS = {"CreateDocument", "DeleteDocument", "DescribeDocument", "GetDocument", "UpdateDocument"}


@dataclass(frozen=True)
class Call:
    """One call: who made it, what it does, and to what; no resource where that is not known, or there are several."""

    access_key: str
    action: str
    resource: str | None


def call_of(environ) -> Call | None:
    """The call that a signed request is; None for one that is not signed."""
    query = parse_qs(environ.get("QUERY_STRING", ""), keep_blank_values=True)
    scope = _SCOPE.search(environ.get("HTTP_AUTHORIZATION", ""))
    if not scope and "X-Amz-Credential" in query:
        scope = _QUERY_SCOPE.search(query["X-Amz-Credential"][0])
    if not scope:
        return None
    access_key, region, service = scope.groups()
    if service == "s3":
        name, resource = _s3(environ, query)
    else:
        name, resource = _named(environ, service, region)
    return Call(access_key, f"{_PREFIXES.get(service, service)}:{name}", resource)


def _s3(environ, query) -> tuple[str, str | None]:
    method = environ["REQUEST_METHOD"]
    bucket, _, key = unquote(environ.get("PATH_INFO", "/")).lstrip("/").partition("/")
    if not bucket:
        return "ListAllMyBuckets", None
    if key:
        return _S3_OBJECT.get(method, method), f"arn:aws:s3:::{bucket}/{key}"
    marks = [mark for (verb, mark) in _S3_BUCKET if verb == method and mark and mark in query]
    return _S3_BUCKET.get((method, marks[0] if marks else ""), method), f"arn:aws:s3:::{bucket}"


def _named(environ, service: str, region: str) -> tuple[str, str | None]:
    rpc = _RPC.match(environ.get("PATH_INFO", ""))
    if rpc:
        return rpc.group(1), None
    target = environ.get("HTTP_X_AMZ_TARGET")
    body = _body(environ)
    if target:
        name, parameters = target.split(".")[-1], _json(body)
    else:
        parameters = {key: values[0] for key, values in parse_qs(body.decode("utf-8", "replace")).items()}
        name = parameters.get("Action", "")
    return name, _resource(service, name, parameters, region)


def instance_arn(region: str, instance_id: str) -> str:
    return f"arn:aws:ec2:{region}:{settings.ACCOUNT}:instance/{instance_id}"


def calls_of(environ) -> list[Call]:
    """The call of a request; several where IAM looks at several resources, each of which must be allowed."""
    call = call_of(environ)
    if call is None or call.action != "ssm:SendCommand":
        return [call] if call else []
    region = _SCOPE.search(environ["HTTP_AUTHORIZATION"]).group(2)
    hosts = _json(_body(environ)).get("InstanceIds", [])
    return [call] + [Call(call.access_key, call.action, instance_arn(region, host)) for host in hosts]


def _resource(service: str, name: str, parameters: dict, region: str) -> str | None:
    named = list(_NAMED.get(service, []))
    if service == "ssm" and name in _DOCUMENT_CALLS:
        named.append(("Name", "arn:aws:ssm:{region}:{account}:document/{}"))
    for parameter, arn in named:
        value = parameters.get(parameter)
        if isinstance(value, str) and value:
            if value.startswith("arn:"):
                return value
            return arn.format(value, region=region, account=settings.ACCOUNT)
    return None


def _json(body: bytes) -> dict:
    try:
        return json.loads(body or b"{}")
    except ValueError:
        return {}


def _body(environ) -> bytes:
    """The request's body; it stays readable for whoever answers."""
    content = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    environ["wsgi.input"] = io.BytesIO(content)
    return content
