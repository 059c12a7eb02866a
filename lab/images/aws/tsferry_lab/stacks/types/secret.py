"""Secrets. One without SecretString or GenerateSecretString exists and has no value, as on AWS."""

import json

from ... import settings
from ..provider import Provider, Resource, Refused


class Secret(Provider):
    type = "AWS::SecretsManager::Secret"
    properties = {"Description", "GenerateSecretString", "KmsKeyId", "Name", "SecretString", "Tags"}
    attributes = {"Id"}

    def create(self, request):
        secrets = request.aws.secretsmanager
        parameters = request.given("Description", "KmsKeyId", "SecretString")
        if "GenerateSecretString" in request.properties:
            parameters["SecretString"] = _generate(secrets, request.get("GenerateSecretString"))
        if request.tags:
            parameters["Tags"] = request.tag_list()
        name = request.get("Name", request.generated_name)
        if request.tags:
            arn = f"arn:aws:secretsmanager:{request.aws.region}:{settings.ACCOUNT}:secret:{name}-AbCdEf"
            request.aws.require("secretsmanager:TagResource", arn)
        arn = secrets.create_secret(Name=name, **parameters)["ARN"]
        return Resource(arn, {"Id": arn})

    def update(self, request, resource):
        unchangeable = ("Name", "GenerateSecretString", "SecretString", "Tags")
        if any(request.get(name) != resource.properties.get(name) for name in unchangeable):
            raise Refused("the lab changes nothing but Description and KmsKeyId of a secret")
        request.aws.secretsmanager.update_secret(
            SecretId=resource.physical_resource_id, **request.given("Description", "KmsKeyId")
        )

    def delete(self, aws, resource):
        # CloudFormation leaves no recovery window.
        aws.secretsmanager.delete_secret(SecretId=resource.physical_resource_id, ForceDeleteWithoutRecovery=True)


def _generate(secrets, wanted):
    template, key = wanted.get("SecretStringTemplate"), wanted.get("GenerateStringKey")
    options = {name: value for name, value in wanted.items() if name not in ("SecretStringTemplate", "GenerateStringKey")}
    password = secrets.get_random_password(**options)["RandomPassword"]
    return json.dumps({**json.loads(template), key: password}) if template else password


PROVIDERS = [Secret()]
