"""Instances and volumes."""

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
        ec2 = request.aws.ec2
        instance = ec2.run_instances(MinCount=1, MaxCount=1, **parameters)["Instances"][0]
        instance_id = instance["InstanceId"]
        if "IamInstanceProfile" in request.properties:
            ec2.associate_iam_instance_profile(
                InstanceId=instance_id, IamInstanceProfile={"Name": request.get("IamInstanceProfile")}
            )
        self._iops(ec2, instance_id, parameters.get("BlockDeviceMappings", []))
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

    def _iops(self, ec2, instance_id, mappings):
        """moto's RunInstances drops them."""
        wanted = {m["DeviceName"]: m["Ebs"]["Iops"] for m in mappings if "Iops" in m.get("Ebs", {})}
        volumes = ec2.describe_volumes(Filters=[{"Name": "attachment.instance-id", "Values": [instance_id]}])["Volumes"]
        for volume in volumes:
            device = volume["Attachments"][0]["Device"]
            if device in wanted:
                ec2.modify_volume(VolumeId=volume["VolumeId"], Iops=wanted[device])

    def delete(self, aws, resource):
        aws.ec2.terminate_instances(InstanceIds=[resource.physical_resource_id])


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


PROVIDERS = [Instance(), Volume(), VolumeAttachment()]
