"""AWS::CDK::Metadata, which is nothing but a note."""

from ..provider import Provider, Resource


class Metadata(Provider):
    type = "AWS::CDK::Metadata"
    properties = {"Analytics"}

    def create(self, request):
        return Resource(request.generated_name)

    def delete(self, aws, resource):
        pass


PROVIDERS = [Metadata()]
