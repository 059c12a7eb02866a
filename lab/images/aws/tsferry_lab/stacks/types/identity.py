"""IAM: roles, their policies, instance profiles."""

import json

from ... import settings
from ..provider import Provider, Resource, Refused


class Role(Provider):
    type = "AWS::IAM::Role"
    properties = {
        "AssumeRolePolicyDocument",
        "Description",
        "ManagedPolicyArns",
        "MaxSessionDuration",
        "Path",
        "PermissionsBoundary",
        "Policies",
        "RoleName",
        "Tags",
    }
    attributes = {"Arn", "RoleId"}

    def create(self, request):
        iam = request.aws.iam
        parameters = request.given("Description", "MaxSessionDuration", "Path", "PermissionsBoundary")
        name = request.get("RoleName", request.generated_name[:64])
        if request.tags:
            parameters["Tags"] = request.tag_list()
            request.aws.require("iam:TagRole", f"arn:aws:iam::{settings.ACCOUNT}:role/{name}")
        role = iam.create_role(
            RoleName=name,
            AssumeRolePolicyDocument=json.dumps(request.get("AssumeRolePolicyDocument")),
            **parameters,
        )["Role"]
        name = role["RoleName"]
        self._policies(iam, name, request)
        for arn in request.get("ManagedPolicyArns", []):
            iam.attach_role_policy(RoleName=name, PolicyArn=arn)
        return Resource(name, {"Arn": role["Arn"], "RoleId": role["RoleId"]})

    def update(self, request, resource):
        same = {**request.properties, "Policies": None} == {**resource.properties, "Policies": None}
        if not same:
            raise Refused("the lab changes nothing but the Policies of a role")
        iam, name = request.aws.iam, resource.physical_resource_id
        for policy in resource.properties.get("Policies", []):
            iam.delete_role_policy(RoleName=name, PolicyName=policy["PolicyName"])
        self._policies(iam, name, request)

    def _policies(self, iam, name, request):
        for policy in request.get("Policies", []):
            iam.put_role_policy(
                RoleName=name, PolicyName=policy["PolicyName"], PolicyDocument=json.dumps(policy["PolicyDocument"])
            )

    def delete(self, aws, resource):
        name = resource.physical_resource_id
        for policy in aws.iam.list_role_policies(RoleName=name)["PolicyNames"]:
            aws.iam.delete_role_policy(RoleName=name, PolicyName=policy)
        for policy in aws.iam.list_attached_role_policies(RoleName=name)["AttachedPolicies"]:
            aws.iam.detach_role_policy(RoleName=name, PolicyArn=policy["PolicyArn"])
        aws.iam.delete_role(RoleName=name)


class Policy(Provider):
    type = "AWS::IAM::Policy"
    properties = {"PolicyDocument", "PolicyName", "Roles"}

    def create(self, request):
        self._put(request)
        return Resource(request.get("PolicyName"))

    def _put(self, request):
        for role in request.get("Roles", []):
            request.aws.iam.put_role_policy(
                RoleName=role,
                PolicyName=request.get("PolicyName"),
                PolicyDocument=json.dumps(request.get("PolicyDocument")),
            )

    def update(self, request, resource):
        self.delete(request.aws, resource)
        self._put(request)

    def delete(self, aws, resource):
        for role in resource.properties.get("Roles", []):
            aws.iam.delete_role_policy(RoleName=role, PolicyName=resource.properties["PolicyName"])


class InstanceProfile(Provider):
    type = "AWS::IAM::InstanceProfile"
    properties = {"InstanceProfileName", "Path", "Roles"}
    attributes = {"Arn"}

    def create(self, request):
        iam = request.aws.iam
        name = request.get("InstanceProfileName", request.generated_name)
        profile = iam.create_instance_profile(InstanceProfileName=name, **request.given("Path"))["InstanceProfile"]
        for role in request.get("Roles", []):
            request.aws.require("iam:PassRole", f"arn:aws:iam::{settings.ACCOUNT}:role/{role}")
            iam.add_role_to_instance_profile(InstanceProfileName=name, RoleName=role)
        return Resource(name, {"Arn": profile["Arn"]})

    def delete(self, aws, resource):
        name = resource.physical_resource_id
        for role in resource.properties.get("Roles", []):
            aws.iam.remove_role_from_instance_profile(InstanceProfileName=name, RoleName=role)
        aws.iam.delete_instance_profile(InstanceProfileName=name)


PROVIDERS = [Role(), Policy(), InstanceProfile()]
