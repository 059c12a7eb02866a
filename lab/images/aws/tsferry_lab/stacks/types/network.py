"""Security groups and rules; a rule on somebody else's group goes with the stack that made it."""

from ..provider import Provider, Refused, Resource, refuse_unknown

RULE = {
    "CidrIp",
    "CidrIpv6",
    "Description",
    "DestinationPrefixListId",
    "DestinationSecurityGroupId",
    "FromPort",
    "IpProtocol",
    "SourceSecurityGroupId",
    "SourceSecurityGroupOwnerId",
    "ToPort",
}


class SecurityGroup(Provider):
    type = "AWS::EC2::SecurityGroup"
    properties = {"GroupDescription", "GroupName", "SecurityGroupEgress", "SecurityGroupIngress", "Tags", "VpcId"}
    attributes = {"GroupId", "VpcId"}

    def create(self, request):
        ec2 = request.aws.ec2
        parameters = request.given("VpcId")
        if request.tags:
            parameters["TagSpecifications"] = request.tag_specifications("security-group")
            request.aws.require("ec2:CreateTags", f"arn:aws:ec2:{request.aws.region}:*:security-group/*")
        group_id = ec2.create_security_group(
            GroupName=request.get("GroupName", request.generated_name),
            Description=request.get("GroupDescription"),
            **parameters,
        )["GroupId"]
        try:
            if "SecurityGroupEgress" in request.properties:
                # Rules of its own replace the one that lets everything out.
                self._set_egress(ec2, group_id, request.get("SecurityGroupEgress"))
            for rule in request.get("SecurityGroupIngress", []):
                ec2.authorize_security_group_ingress(GroupId=group_id, IpPermissions=[permission(rule)])
        except Exception:
            # CloudFormation takes back what it made of a resource that failed.
            request.aws.as_the_lab().ec2.delete_security_group(GroupId=group_id)
            raise
        return Resource(group_id, {"GroupId": group_id, "VpcId": request.get("VpcId", "")})

    def update(self, request, resource):
        same = {**request.properties, "SecurityGroupEgress": 0} == {**resource.properties, "SecurityGroupEgress": 0}
        if not same:
            raise Refused("the lab changes nothing but the SecurityGroupEgress of a security group")
        self._set_egress(request.aws.ec2, resource.physical_resource_id, request.get("SecurityGroupEgress", []))

    def _set_egress(self, ec2, group_id, rules):
        present = ec2.describe_security_groups(GroupIds=[group_id])["SecurityGroups"][0]["IpPermissionsEgress"]
        if present:
            ec2.revoke_security_group_egress(GroupId=group_id, IpPermissions=present)
        for rule in rules:
            ec2.authorize_security_group_egress(GroupId=group_id, IpPermissions=[permission(rule)])

    def delete(self, aws, resource):
        aws.ec2.delete_security_group(GroupId=resource.physical_resource_id)


class SecurityGroupIngress(Provider):
    type = "AWS::EC2::SecurityGroupIngress"
    properties = RULE | {"GroupId"}
    attributes = {"Id"}

    def create(self, request):
        rule = {name: value for name, value in request.properties.items() if name != "GroupId"}
        made = request.aws.ec2.authorize_security_group_ingress(
            GroupId=request.get("GroupId"), IpPermissions=[permission(rule)]
        )
        rule_id = made["SecurityGroupRules"][0]["SecurityGroupRuleId"]
        return Resource(rule_id, {"Id": rule_id})

    def delete(self, aws, resource):
        aws.ec2.revoke_security_group_ingress(
            GroupId=resource.properties["GroupId"], SecurityGroupRuleIds=[resource.physical_resource_id]
        )


class SecurityGroupEgress(Provider):
    type = "AWS::EC2::SecurityGroupEgress"
    properties = RULE | {"GroupId"}
    attributes = {"Id"}

    def create(self, request):
        rule = {name: value for name, value in request.properties.items() if name != "GroupId"}
        made = request.aws.ec2.authorize_security_group_egress(
            GroupId=request.get("GroupId"), IpPermissions=[permission(rule)]
        )
        rule_id = made["SecurityGroupRules"][0]["SecurityGroupRuleId"]
        return Resource(rule_id, {"Id": rule_id})

    def delete(self, aws, resource):
        aws.ec2.revoke_security_group_egress(
            GroupId=resource.properties["GroupId"], SecurityGroupRuleIds=[resource.physical_resource_id]
        )


def permission(rule):
    """A rule as CloudFormation words it, as EC2's API words it."""
    refuse_unknown(rule, RULE, "a security group's rule")
    note = {"Description": rule["Description"]} if "Description" in rule else {}
    worded = {"IpProtocol": str(rule["IpProtocol"])}
    for port in ("FromPort", "ToPort"):
        if port in rule:
            worded[port] = int(rule[port])
    group = rule.get("SourceSecurityGroupId") or rule.get("DestinationSecurityGroupId")
    if group:
        worded["UserIdGroupPairs"] = [{"GroupId": group, **note}]
    if "CidrIp" in rule:
        worded["IpRanges"] = [{"CidrIp": rule["CidrIp"], **note}]
    if "DestinationPrefixListId" in rule:
        worded["PrefixListIds"] = [{"PrefixListId": rule["DestinationPrefixListId"], **note}]
    if "CidrIpv6" in rule:
        worded["Ipv6Ranges"] = [{"CidrIpv6": rule["CidrIpv6"], **note}]
    return worded


PROVIDERS = [SecurityGroup(), SecurityGroupIngress(), SecurityGroupEgress()]
