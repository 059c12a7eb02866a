"""A stack's resources, in the shape that moto's template code resolves references against.

moto's own map creates a resource when it is first mentioned, even by a Describe call on a stack that failed; this one
creates nothing: the engine puts resources in and takes them out.
"""

from moto.cloudformation.exceptions import UnsupportedAttribute, ValidationError
from moto.cloudformation.parsing import (
    ResourceMap,
    clean_json,
    generate_resource_name,
    get_model_map,
    parse_and_create_resource,
    parse_and_delete_resource,
)

from .provider import Aws, Refused, Request, Resource
from .types import PROVIDERS


def check_types(template: dict) -> None:
    """Refuses a template with a type that would be skipped, as AWS refuses types that do not exist."""
    resources = template.get("Resources") or {}
    if not resources:
        raise ValidationError(message="Template format error: At least one Resources member must be defined.")
    unknown = sorted({r["Type"] for r in resources.values()} - set(PROVIDERS) - set(get_model_map()))
    if unknown:
        raise ValidationError(message=f"Template format error: Unrecognized resource types: [{', '.join(unknown)}]")


class StackResources(ResourceMap):
    def __getitem__(self, key):
        if key in self._parsed_resources:
            return self._parsed_resources[key]
        if key in self._resource_json_map and not self.wanted(key):
            return None
        raise ValidationError(message=f"Template error: {key} is not there")

    def present(self) -> list:
        """The resources that exist."""
        return [self._parsed_resources[key] for key in self._resource_json_map if self._parsed_resources.get(key)]

    def put(self, logical_id: str, resource) -> None:
        self._parsed_resources[logical_id] = resource

    def wanted(self, logical_id: str) -> bool:
        condition = self._resource_json_map[logical_id].get("Condition")
        return not condition or self.lazy_condition_map[condition]

    def validate_outputs(self) -> None:
        for output in (self._template.get("Outputs") or {}).values():
            value = output.get("Value")
            if not isinstance(value, dict) or "Fn::GetAtt" not in value:
                continue
            logical_id, attribute = value["Fn::GetAtt"]
            resource_type = self._resource_json_map[logical_id]["Type"]
            provider = PROVIDERS.get(resource_type)
            if provider and attribute not in provider.attributes:
                raise UnsupportedAttribute(resource=resource_type, attr=attribute)

    def properties(self, logical_id: str) -> dict:
        """The resource's properties with everything resolved."""
        return clean_json(self._resource_json_map[logical_id].get("Properties", {}), self)

    def create(self, logical_id: str, tags: dict[str, str]):
        template = self._resource_json_map[logical_id]
        provider = PROVIDERS.get(template["Type"])
        if provider is None:
            return parse_and_create_resource(logical_id, template, self, self._account_id, self._region_name)
        request = self._request(logical_id, provider, tags)
        resource = provider.create(request)
        resource.logical_resource_id = logical_id
        resource.cf_resource_type = template["Type"]
        resource.properties = request.properties
        return resource

    def update(self, logical_id: str, resource, tags: dict[str, str]) -> bool:
        """Brings a resource to what the template says now; false if nothing changed."""
        if not isinstance(resource, Resource):
            raise Refused(f"the lab can't change a resource of type {resource.cf_resource_type}")
        provider = PROVIDERS[resource.cf_resource_type]
        request = self._request(logical_id, provider, tags)
        if request.properties == resource.properties:
            return False
        provider.update(request, resource)
        resource.properties = request.properties
        return True

    def delete(self, logical_id: str, resource, aws: Aws) -> None:
        if isinstance(resource, Resource):
            PROVIDERS[resource.cf_resource_type].delete(aws, resource)
        elif hasattr(type(resource), "delete"):
            resource.delete(self._account_id, self._region_name)
        else:
            template = {"Type": resource.cf_resource_type, "Properties": {}}
            parse_and_delete_resource(
                resource.physical_resource_id, template, self._account_id, self._region_name
            )

    def _request(self, logical_id: str, provider, tags: dict[str, str]) -> Request:
        properties = self.properties(logical_id)
        provider.check(properties)
        own = properties.get("Tags", [])
        all_tags = {**tags, **{tag["Key"]: tag["Value"] for tag in own}}
        name = generate_resource_name(provider.type, self["AWS::StackName"], logical_id)
        return Request(Aws(self._region_name), properties, name, all_tags if "Tags" in provider.properties else {})
