"""SSM documents."""

import json

from ... import settings
from ..provider import Provider, Resource


class Document(Provider):
    type = "AWS::SSM::Document"
    properties = {"Content", "DocumentFormat", "DocumentType", "Name", "Tags", "TargetType", "UpdateMethod", "VersionName"}

    def create(self, request):
        name = request.get("Name", request.generated_name)
        parameters = request.given("DocumentType", "TargetType", "VersionName")
        if request.tags:
            parameters["Tags"] = request.tag_list()
            arn = f"arn:aws:ssm:{request.aws.region}:{settings.ACCOUNT}:document/{name}"
            request.aws.require("ssm:AddTagsToResource", arn)
        request.aws.ssm.create_document(
            Name=name, Content=_text(request), DocumentFormat=request.get("DocumentFormat", "JSON"), **parameters
        )
        return Resource(name)

    def update(self, request, resource):
        name = resource.physical_resource_id
        updated = request.aws.ssm.update_document(
            Name=name,
            Content=_text(request),
            DocumentFormat=request.get("DocumentFormat", "JSON"),
            DocumentVersion="$LATEST",
        )
        request.aws.ssm.update_document_default_version(
            Name=name, DocumentVersion=updated["DocumentDescription"]["DocumentVersion"]
        )

    def delete(self, aws, resource):
        aws.ssm.delete_document(Name=resource.physical_resource_id)


def _text(request):
    content = request.get("Content")
    return content if isinstance(content, str) else json.dumps(content)


PROVIDERS = [Document()]
