"""Which instances may reach the RDS instances: security groups, decided here and enforced by Docker's networks.

An instance reaches the VPC's network while some rule of an RDS instance's security group lets it in on the database's
port, and one of its own groups lets it out. That is coarser than AWS: one database in reach means the network is, and
a closed port shows as an unknown host name instead of a timeout. Traffic to the internet is not restricted.
"""

import ipaddress

from moto.rds.models import rds_backends

from . import settings


def reaches_a_database(instance) -> bool:
    region = instance.region_name
    regions = rds_backends[settings.ACCOUNT]
    if region not in list(regions):
        return False
    databases = list(regions[region].databases.values())
    return any(_reaches(instance, database) for database in databases)


def _reaches(instance, database) -> bool:
    groups = [
        instance.ec2_backend.get_security_group_from_id(group_id)
        for group_id in database.vpc_security_group_ids
    ]
    let_in = any(_lets_in(group, instance, int(database.port)) for group in groups if group)
    return let_in and any(_lets_out(group, database) for group in _groups_of(instance))


def _groups_of(instance) -> list:
    return [group for nic in instance.nics.values() for group in nic.group_set]


def _lets_in(group, instance, port: int) -> bool:
    own = {own.id for own in _groups_of(instance)}
    for rule in list(group.ingress_rules):
        if not _covers(rule, port):
            continue
        if rule.source_group.get("GroupId") in own or _contains(rule.cidr_ipv4, instance.private_ip):
            return True
    return False


def _lets_out(group, database) -> bool:
    databases = set(database.vpc_security_group_ids)
    for rule in list(group.egress_rules):
        if not _covers(rule, int(database.port)):
            continue
        # The database has no address in the emulator, so any range will do.
        if rule.cidr_ipv4 or rule.source_group.get("GroupId") in databases:
            return True
    return False


def _covers(rule, port: int) -> bool:
    if str(rule.ip_protocol) == "-1":
        return True
    return str(rule.ip_protocol) in ("tcp", "6") and int(rule.from_port) <= port <= int(rule.to_port)


def _contains(cidr: str | None, address: str) -> bool:
    return bool(cidr) and ipaddress.ip_address(address) in ipaddress.ip_network(cidr, strict=False)
