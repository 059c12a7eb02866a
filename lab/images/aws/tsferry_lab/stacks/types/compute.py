"""Launch templates, instances and volumes."""

import base64

from ..provider import Provider, Resource, refuse_unknown


class Instance(Provider):
    type = "AWS::EC2::Instance"
    properties = {
        "AvailabilityZone",
        "BlockDeviceMappings",
        "DisableApiTermination",
        "EbsOptimized",
        "IamInstanceProfile",
        "ImageId",
        "InstanceInitiatedShutdownBehavior",
        "InstanceType",
        "LaunchTemplate",
        "MetadataOptions",
        "NetworkInterfaces",
        "PrivateIpAddress",
        "PropagateTagsToVolumeOnCreation",
        "SecurityGroupIds",
        "SubnetId",
        "Tags",
        "UserData",
    }
    # As on AWS, and unlike RunInstances, without Throughput.
    ebs_properties = {
        "DeleteOnTermination",
        "Encrypted",
        "Iops",
        "KmsKeyId",
        "SnapshotId",
        "VolumeSize",
        "VolumeType",
    }
    interface_properties = {
        "AssociatePublicIpAddress",
        "DeleteOnTermination",
        "Description",
        "DeviceIndex",
        "GroupSet",
        "SubnetId",
    }
    attributes = {"AvailabilityZone", "InstanceId", "PrivateDnsName", "PrivateIp", "PublicDnsName", "PublicIp", "VpcId"}

    def create(self, request):
        parameters = request.given(
            "BlockDeviceMappings",
            "DisableApiTermination",
            "EbsOptimized",
            "ImageId",
            "InstanceInitiatedShutdownBehavior",
            "InstanceType",
            "MetadataOptions",
            "PrivateIpAddress",
            "SecurityGroupIds",
            "SubnetId",
        )
        for mapping in parameters.get("BlockDeviceMappings", []):
            refuse_unknown(mapping.get("Ebs", {}), self.ebs_properties, f"{self.type} Ebs")
            _numbers(mapping.get("Ebs", {}), "VolumeSize", "Iops")
        if "NetworkInterfaces" in request.properties:
            parameters["NetworkInterfaces"] = [self._interface(i) for i in request.get("NetworkInterfaces")]
        if "AvailabilityZone" in request.properties:
            parameters["Placement"] = {"AvailabilityZone": request.get("AvailabilityZone")}
        if "UserData" in request.properties:
            # boto3 encodes it again.
            parameters["UserData"] = base64.b64decode(request.get("UserData"))
        tagged = ("instance", "volume") if request.get("PropagateTagsToVolumeOnCreation") else ("instance",)
        if request.tags:
            parameters["TagSpecifications"] = request.tag_specifications(*tagged)
        profile = request.get("IamInstanceProfile")
        ec2 = request.aws.ec2
        lab = request.aws.as_the_lab()
        if "LaunchTemplate" in request.properties:
            # RunInstances reads its template itself.
            parameters, profile = _from_template(lab.ec2, request.get("LaunchTemplate"), parameters, profile)
        if profile:
            for role in lab.iam.get_instance_profile(InstanceProfileName=profile)["InstanceProfile"]["Roles"]:
                request.aws.require("iam:PassRole", role["Arn"])
        if parameters.get("TagSpecifications"):
            request.aws.require("ec2:CreateTags", f"arn:aws:ec2:{request.aws.region}:*:instance/*")
        # The interface's are set afterwards: moto's RunInstances drops them.
        interface_tags = _pop_tags(parameters, "network-interface")
        instance = ec2.run_instances(MinCount=1, MaxCount=1, **parameters)["Instances"][0]
        instance_id = instance["InstanceId"]
        if profile:
            lab.ec2.associate_iam_instance_profile(InstanceId=instance_id, IamInstanceProfile={"Name": profile})
        self._speed(lab.ec2, instance_id, parameters.get("BlockDeviceMappings", []))
        if interface_tags:
            interfaces = [nic["NetworkInterfaceId"] for nic in instance["NetworkInterfaces"]]
            lab.ec2.create_tags(Resources=interfaces, Tags=interface_tags)
        return Resource(
            instance_id,
            {
                "AvailabilityZone": instance["Placement"]["AvailabilityZone"],
                "InstanceId": instance_id,
                "PrivateDnsName": instance.get("PrivateDnsName", ""),
                "PrivateIp": instance.get("PrivateIpAddress", ""),
                "PublicDnsName": instance.get("PublicDnsName", ""),
                "PublicIp": instance.get("PublicIpAddress", ""),
                "VpcId": instance.get("VpcId", ""),
            },
        )

    def _interface(self, interface):
        refuse_unknown(interface, self.interface_properties, f"{self.type} NetworkInterfaces")
        translated = dict(interface)
        translated["DeviceIndex"] = int(translated["DeviceIndex"])
        # An interface that an instance brings along goes with it.
        translated.setdefault("DeleteOnTermination", True)
        if "GroupSet" in translated:
            translated["Groups"] = translated.pop("GroupSet")
        return translated

    def _speed(self, ec2, instance_id, mappings):
        """moto's RunInstances drops it."""
        wanted = {
            m["DeviceName"]: {name: int(m["Ebs"][name]) for name in ("Iops", "Throughput") if name in m.get("Ebs", {})}
            for m in mappings
        }
        volumes = ec2.describe_volumes(Filters=[{"Name": "attachment.instance-id", "Values": [instance_id]}])["Volumes"]
        for volume in volumes:
            speed = wanted.get(volume["Attachments"][0]["Device"])
            if speed:
                ec2.modify_volume(VolumeId=volume["VolumeId"], **speed)

    def delete(self, aws, resource):
        aws.ec2.terminate_instances(InstanceIds=[resource.physical_resource_id])


def _from_template(ec2, specification, parameters, profile):
    """RunInstances' parameters and the profile: what the instance says itself goes before what its template says."""
    refuse_unknown(specification, {"LaunchTemplateId", "Version"}, "an instance's LaunchTemplate")
    versions = ec2.describe_launch_template_versions(
        LaunchTemplateId=specification["LaunchTemplateId"], Versions=[str(specification["Version"])]
    )
    data = dict(versions["LaunchTemplateVersions"][0]["LaunchTemplateData"])
    profile = profile or data.pop("IamInstanceProfile", {}).get("Name")
    if "UserData" in data:
        data["UserData"] = base64.b64decode(data["UserData"])
    tags = {spec["ResourceType"]: list(spec["Tags"]) for spec in data.pop("TagSpecifications", [])}
    for spec in parameters.get("TagSpecifications", []):
        own = {tag["Key"] for tag in spec["Tags"]}
        kept = [tag for tag in tags.get(spec["ResourceType"], []) if tag["Key"] not in own]
        tags[spec["ResourceType"]] = kept + spec["Tags"]
    merged = {**data, **parameters}
    if tags:
        merged["TagSpecifications"] = [{"ResourceType": kind, "Tags": given} for kind, given in tags.items()]
    return merged, profile


def _pop_tags(parameters, resource_type):
    specifications = parameters.get("TagSpecifications", [])
    parameters["TagSpecifications"] = [spec for spec in specifications if spec["ResourceType"] != resource_type]
    return [tag for spec in specifications if spec["ResourceType"] == resource_type for tag in spec["Tags"]]


class LaunchTemplate(Provider):
    type = "AWS::EC2::LaunchTemplate"
    properties = {"LaunchTemplateData", "LaunchTemplateName", "TagSpecifications"}
    attributes = {"DefaultVersionNumber", "LatestVersionNumber", "LaunchTemplateId"}
    data_properties = {
        "BlockDeviceMappings",
        "EbsOptimized",
        "IamInstanceProfile",
        "ImageId",
        "InstanceInitiatedShutdownBehavior",
        "InstanceType",
        "MetadataOptions",
        "NetworkInterfaces",
        "TagSpecifications",
        "UserData",
    }

    def create(self, request):
        data = request.get("LaunchTemplateData")
        refuse_unknown(data, self.data_properties, self.type)
        if "TagSpecifications" in request.properties:
            request.aws.require("ec2:CreateTags", f"arn:aws:ec2:{request.aws.region}:*:launch-template/*")
        made = request.aws.ec2.create_launch_template(
            LaunchTemplateName=request.get("LaunchTemplateName", request.generated_name),
            LaunchTemplateData=_typed(data),
            **request.given("TagSpecifications"),
        )["LaunchTemplate"]
        template_id = made["LaunchTemplateId"]
        return Resource(
            template_id,
            {"DefaultVersionNumber": "1", "LatestVersionNumber": "1", "LaunchTemplateId": template_id},
        )

    def delete(self, aws, resource):
        aws.ec2.delete_launch_template(LaunchTemplateId=resource.physical_resource_id)


def _typed(value):
    """The template's values as the API's types: moto's template code makes text of everything."""
    numbers = {"DeviceIndex", "HttpPutResponseHopLimit", "Iops", "Throughput", "VolumeSize"}
    flags = {"AssociatePublicIpAddress", "DeleteOnTermination", "EbsOptimized", "Encrypted"}
    if isinstance(value, list):
        return [_typed(element) for element in value]
    if not isinstance(value, dict):
        return value
    return {
        key: int(inner)
        if key in numbers
        else str(inner).lower() == "true"
        if key in flags
        else _typed(inner)
        for key, inner in value.items()
    }


class Volume(Provider):
    type = "AWS::EC2::Volume"
    properties = {
        "AutoEnableIO",
        "AvailabilityZone",
        "Encrypted",
        "Iops",
        "KmsKeyId",
        "MultiAttachEnabled",
        "Size",
        "SnapshotId",
        "Tags",
        "Throughput",
        "VolumeType",
    }
    attributes = {"VolumeId"}

    def create(self, request):
        parameters = request.given(
            "AvailabilityZone",
            "Encrypted",
            "Iops",
            "KmsKeyId",
            "MultiAttachEnabled",
            "Size",
            "SnapshotId",
            "Throughput",
            "VolumeType",
        )
        _numbers(parameters, "Size", "Iops", "Throughput")
        if request.tags:
            parameters["TagSpecifications"] = request.tag_specifications("volume")
        volume_id = request.aws.ec2.create_volume(**parameters)["VolumeId"]
        return Resource(volume_id, {"VolumeId": volume_id})

    def delete(self, aws, resource):
        aws.ec2.delete_volume(VolumeId=resource.physical_resource_id)


class VolumeAttachment(Provider):
    type = "AWS::EC2::VolumeAttachment"
    properties = {"Device", "InstanceId", "VolumeId"}

    def create(self, request):
        attached = request.aws.ec2.attach_volume(**request.given("Device", "InstanceId", "VolumeId"))
        return Resource(f"{attached['VolumeId']}|{attached['InstanceId']}")

    def delete(self, aws, resource):
        volume_id, instance_id = resource.physical_resource_id.split("|")
        aws.ec2.detach_volume(VolumeId=volume_id, InstanceId=instance_id)


def _numbers(properties, *names):
    """CloudFormation takes numbers as text too."""
    for name in names:
        if name in properties:
            properties[name] = int(properties[name])


PROVIDERS = [LaunchTemplate(), Instance(), Volume(), VolumeAttachment()]
