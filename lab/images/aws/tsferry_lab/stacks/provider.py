"""What a resource type is to the engine.

A provider makes its resource through the emulator's own public API, as CloudFormation does on AWS: so whatever a
template says shows in the Describe calls, and what the API refuses fails the stack. A property that a provider does
not know fails the stack too, since dropping it silently would prove nothing.
"""

from dataclasses import dataclass, field

import boto3
from botocore.config import Config

from .. import operators, settings

_CONFIG = Config(s3={"addressing_style": "path"}, retries={"total_max_attempts": 1})


class Refused(Exception):
    """The resource can't be made, changed or deleted; the message is what the stack's event says."""


class Aws:
    """Clients for the emulator itself, in one region, with the rights of whoever changes the stack."""

    def __init__(self, region: str, access_key: str | None = None):
        self.region = region
        self._access_key = access_key
        self._clients: dict = {}

    def as_the_lab(self) -> "Aws":
        """The same with the lab's own rights, for what AWS does by itself or in other words."""
        return Aws(self.region, "lab")

    def require(self, action: str, resource: str) -> None:
        """Refuses where AWS would ask for a right besides that to the call itself."""
        refusal = operators.require(action, resource)
        if refusal:
            raise Refused(refusal)

    def __getattr__(self, service: str):
        if service not in self._clients:
            self._clients[service] = boto3.client(
                service,
                region_name=self.region,
                endpoint_url=f"http://127.0.0.1:{settings.PORT}",
                aws_access_key_id=self._access_key or operators.access_key(),
                aws_secret_access_key="cloudformation",
                config=_CONFIG,
            )
        return self._clients[service]


@dataclass(frozen=True)
class Request:
    """One resource of a template, with everything resolved; tags are its own and the stack's."""

    aws: Aws
    properties: dict
    generated_name: str
    tags: dict[str, str]

    def get(self, name: str, otherwise=None):
        return self.properties.get(name, otherwise)

    def given(self, *names: str) -> dict:
        """Those of the properties that the template has, by their own names: often the API's names too."""
        return {name: self.properties[name] for name in names if name in self.properties}

    def tag_list(self) -> list[dict]:
        return [{"Key": key, "Value": value} for key, value in self.tags.items()]

    def tag_specifications(self, *resource_types: str) -> list[dict]:
        return [{"ResourceType": name, "Tags": self.tag_list()} for name in resource_types] if self.tags else []


@dataclass
class Resource:
    """A resource that is there: what Ref and GetAtt say of it. The lower half is what moto's own code reads."""

    physical_resource_id: str
    attributes: dict[str, str] = field(default_factory=dict)
    logical_resource_id: str = ""
    cf_resource_type: str = ""
    properties: dict = field(default_factory=dict)
    description: str | None = None

    @property
    def type(self) -> str:
        return self.cf_resource_type

    def get_cfn_attribute(self, name: str) -> str:
        return self.attributes[name]

    def is_created(self) -> bool:
        return True


class Provider:
    """Makes and deletes resources of one type; the properties and attributes that it knows are declared."""

    type = ""
    properties: set[str] = set()
    attributes: set[str] = set()

    def create(self, request: Request) -> Resource:
        raise NotImplementedError

    def update(self, request: Request, resource: Resource) -> None:
        """Changes the resource in place. AWS would replace some resources instead; the lab can't."""
        raise Refused(f"the lab can't change a resource of type {self.type}: destroy the stack and deploy it anew")

    def delete(self, aws: Aws, resource: Resource) -> None:
        raise NotImplementedError

    def check(self, properties: dict) -> None:
        refuse_unknown(properties, self.properties, self.type)


def refuse_unknown(given: dict, known: set[str], where: str) -> None:
    unknown = sorted(set(given) - known)
    if unknown:
        raise Refused(f"the lab does not know {', '.join(unknown)} of {where}")
