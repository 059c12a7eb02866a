"""The instance metadata service, as the hosts see it at http://169.254.169.254.

A host is known by the address that it asks from. IMDSv2 tokens are handed out and, where the instance requires them,
demanded; the hop limit is not emulated. The identity document is unsigned.
"""

import base64
import json
import secrets
from datetime import datetime, timedelta, timezone

from moto.sts.models import sts_backends
from werkzeug.wrappers import Request, Response

from . import authorization, instances, settings
from .hypervisor import HOSTS

_TOKENS: dict[str, str] = {}
TOKEN_HEADER = "X-aws-ec2-metadata-token"


@Request.application
def metadata_service(request: Request) -> Response:
    instance = instances.find(HOSTS.instance_at(request.remote_addr) or "")
    if instance is None:
        return Response("no instance at this address", 404)
    if request.path == "/latest/api/token":
        return _token(request, instance)
    token = request.headers.get(TOKEN_HEADER)
    if token is None and instance.metadata_options.http_tokens == "required":
        return Response("", 401)
    if token is not None and _TOKENS.get(token) != instance.id:
        return Response("", 401)
    body = _answer(instance, request.path)
    return Response("", 404) if body is None else Response(body, 200, content_type="text/plain")


def _token(request: Request, instance) -> Response:
    if request.method != "PUT":
        return Response("", 405)
    lifetime = request.headers.get(TOKEN_HEADER + "-ttl-seconds", "")
    if not lifetime.isdigit() or not 1 <= int(lifetime) <= 21_600:
        return Response("", 400)
    token = secrets.token_urlsafe(40)
    _TOKENS[token] = instance.id
    return Response(token, 200, headers={TOKEN_HEADER + "-ttl-seconds": lifetime})


def _answer(instance, path: str) -> str | bytes | None:
    path = path.rstrip("/")
    if path == "/latest/user-data":
        return _user_data(instance)
    if path == "/latest/dynamic/instance-identity/document":
        return json.dumps(_identity(instance), indent=2)
    prefix = "/latest/meta-data"
    if not path.startswith(prefix):
        return None
    return _meta_data(instance, path[len(prefix) :].strip("/"))


def _user_data(instance) -> bytes | None:
    return base64.b64decode(str(instance.user_data)) if instance.user_data else None


def _identity(instance) -> dict:
    return {
        "accountId": settings.ACCOUNT,
        "architecture": instance.architecture,
        "availabilityZone": instance.availability_zone,
        "imageId": instance.image_id,
        "instanceId": instance.id,
        "instanceType": instance.instance_type,
        "privateIp": instance.private_ip,
        "region": instance.region_name,
        "version": "2017-09-30",
    }


def _meta_data(instance, key: str) -> str | None:
    zone = instance.availability_zone
    simple = {
        "ami-id": instance.image_id,
        "hostname": instance.private_dns_name,
        "instance-id": instance.id,
        "instance-type": instance.instance_type,
        "local-hostname": instance.private_dns_name,
        "local-ipv4": instance.private_ip,
        "mac": "02:00:00:00:00:01",
        "placement/availability-zone": zone,
        "placement/region": instance.region_name,
        "reservation-id": "",
        "services/domain": "amazonaws.com",
        "services/partition": "aws",
    }
    if key in simple:
        return simple[key]
    if key == "":
        return "\n".join(sorted({name.split("/")[0] + ("/" if "/" in name else "") for name in simple} | {"iam/"}))
    role = instances.profile_role(instance)
    if role is None:
        return None
    if key == "iam/info":
        return json.dumps({"Code": "Success", "InstanceProfileArn": instance.iam_instance_profile["Arn"]})
    if key == "iam/security-credentials":
        return role.name
    if key == f"iam/security-credentials/{role.name}":
        return json.dumps(_credentials(instance, role), indent=2)
    return None


def _credentials(instance, role) -> dict:
    """A session of the role, known to the emulator, valid for six hours as on EC2."""
    assumed = sts_backends[settings.ACCOUNT]["aws"].assume_role(
        region_name=instance.region_name,
        role_session_name=instance.id,
        role_arn=role.arn,
        policy=None,
        duration=21_600,
        external_id=None,
    )
    authorization.issued(assumed.access_key_id, role, instance.id)
    return {
        "Code": "Success",
        "LastUpdated": _stamp(datetime.now(timezone.utc)),
        "Type": "AWS-HMAC",
        "AccessKeyId": assumed.access_key_id,
        "SecretAccessKey": assumed.secret_access_key,
        "Token": assumed.session_token,
        "Expiration": _stamp(datetime.now(timezone.utc) + timedelta(hours=6)),
    }


def _stamp(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
