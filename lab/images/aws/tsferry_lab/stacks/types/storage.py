"""S3 buckets and their policies. As on AWS, a bucket that is not empty is not deleted."""

import json

from ..provider import Provider, Resource, Refused, refuse_unknown


class Bucket(Provider):
    type = "AWS::S3::Bucket"
    properties = {
        "BucketEncryption",
        "BucketName",
        "LifecycleConfiguration",
        "OwnershipControls",
        "PublicAccessBlockConfiguration",
        "Tags",
        "VersioningConfiguration",
    }
    attributes = {"Arn", "DomainName", "RegionalDomainName"}

    def create(self, request):
        s3, region = request.aws.s3, request.aws.region
        name = request.get("BucketName", request.generated_name)
        place = {} if region == "us-east-1" else {"CreateBucketConfiguration": {"LocationConstraint": region}}
        s3.create_bucket(Bucket=name, **place)
        self._configure(s3, name, request)
        return Resource(
            name,
            {
                "Arn": f"arn:aws:s3:::{name}",
                "DomainName": f"{name}.s3.amazonaws.com",
                "RegionalDomainName": f"{name}.s3.{region}.amazonaws.com",
            },
        )

    def _configure(self, s3, name, request):
        if "BucketEncryption" in request.properties:
            s3.put_bucket_encryption(
                Bucket=name, ServerSideEncryptionConfiguration=_encryption(request.get("BucketEncryption"))
            )
        if "PublicAccessBlockConfiguration" in request.properties:
            s3.put_public_access_block(
                Bucket=name, PublicAccessBlockConfiguration=request.get("PublicAccessBlockConfiguration")
            )
        if "OwnershipControls" in request.properties:
            s3.put_bucket_ownership_controls(Bucket=name, OwnershipControls=request.get("OwnershipControls"))
        if "VersioningConfiguration" in request.properties:
            s3.put_bucket_versioning(Bucket=name, VersioningConfiguration=request.get("VersioningConfiguration"))
        if "LifecycleConfiguration" in request.properties:
            rules = [_lifecycle_rule(rule) for rule in request.get("LifecycleConfiguration")["Rules"]]
            s3.put_bucket_lifecycle_configuration(Bucket=name, LifecycleConfiguration={"Rules": rules})
        if request.tags:
            s3.put_bucket_tagging(Bucket=name, Tagging={"TagSet": request.tag_list()})

    def delete(self, aws, resource):
        name = resource.physical_resource_id
        # S3 itself refuses to delete a full bucket; moto does not.
        versions = aws.as_the_lab().s3.list_object_versions(Bucket=name, MaxKeys=1)
        if versions.get("Versions") or versions.get("DeleteMarkers"):
            raise Refused(
                f"The bucket you tried to delete is not empty: {name} (Service: S3, Status Code: 409, BucketNotEmpty)"
            )
        aws.s3.delete_bucket(Bucket=name)


def _encryption(configuration):
    rules = []
    for rule in configuration["ServerSideEncryptionConfiguration"]:
        worded = {key: value for key, value in rule.items() if key != "ServerSideEncryptionByDefault"}
        worded["ApplyServerSideEncryptionByDefault"] = rule["ServerSideEncryptionByDefault"]
        rules.append(worded)
    return {"Rules": rules}


def _lifecycle_rule(rule):
    known = {
        "AbortIncompleteMultipartUpload",
        "ExpirationInDays",
        "Id",
        "NoncurrentVersionExpiration",
        "Prefix",
        "Status",
    }
    refuse_unknown(rule, known, "a lifecycle rule")
    worded = {"Status": rule["Status"], "Filter": {"Prefix": rule.get("Prefix", "")}}
    if "Id" in rule:
        worded["ID"] = rule["Id"]
    if "ExpirationInDays" in rule:
        worded["Expiration"] = {"Days": int(rule["ExpirationInDays"])}
    for same in ("AbortIncompleteMultipartUpload", "NoncurrentVersionExpiration"):
        if same in rule:
            worded[same] = {key: int(value) for key, value in rule[same].items()}
    return worded


class BucketPolicy(Provider):
    type = "AWS::S3::BucketPolicy"
    properties = {"Bucket", "PolicyDocument"}

    def create(self, request):
        self.update(request, None)
        return Resource(request.get("Bucket"))

    def update(self, request, resource):
        request.aws.s3.put_bucket_policy(
            Bucket=request.get("Bucket"), Policy=json.dumps(request.get("PolicyDocument"))
        )

    def delete(self, aws, resource):
        aws.s3.delete_bucket_policy(Bucket=resource.physical_resource_id)


PROVIDERS = [Bucket(), BucketPolicy()]
