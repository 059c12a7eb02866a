"""What RDS tells of databases and moto does not: certificate authorities, the parameters that default groups hold.

Also subnets that another account shares: a subnet whose tag `lab:owner` names an account belongs to that one; and
network interfaces by their public address.
"""

from datetime import datetime, timezone

from moto.core.responses import ActionResult
from moto.ec2.models.elastic_network_interfaces import NetworkInterface
from moto.ec2.models.subnets import Subnet
from moto.rds.exceptions import RDSClientError
from moto.rds.responses import RDSResponse

OWNER_TAG = "lab:owner"
#: The authorities that RDS has today, by when they end.
AUTHORITIES = {
    "rds-ca-rsa2048-g1": datetime(2061, 5, 22, tzinfo=timezone.utc),
    "rds-ca-rsa4096-g1": datetime(2121, 5, 22, tzinfo=timezone.utc),
    "rds-ca-ecc384-g1": datetime(2121, 5, 22, tzinfo=timezone.utc),
    "rds-ca-2019": datetime(2024, 8, 22, tzinfo=timezone.utc),
}
#: Since this major version, RDS for PostgreSQL demands TLS unless told otherwise.
FORCES_SSL_SINCE = 15


def install() -> None:
    RDSResponse.describe_certificates = _describe_certificates
    RDSResponse.describe_db_parameters = _with_defaults(RDSResponse.describe_db_parameters, "DBParameterGroupName")
    RDSResponse.describe_db_cluster_parameters = _with_defaults(
        RDSResponse.describe_db_cluster_parameters, "DBClusterParameterGroupName"
    )
    _subnets_have_owners()
    _interfaces_have_public_addresses()


def _describe_certificates(self) -> ActionResult:
    wanted = self.params.get("CertificateIdentifier")
    if wanted and wanted not in AUTHORITIES:
        raise RDSClientError("CertificateNotFound", f"Certificate not found: {wanted}")
    certificates = [
        {"CertificateIdentifier": name, "CertificateType": "CA", "ValidTill": end}
        for name, end in AUTHORITIES.items()
        if wanted in (None, name)
    ]
    return ActionResult({"Certificates": certificates})


def _with_defaults(describe, key: str):
    """The answer for a default group; moto has none of its parameters, and AWS would list them all."""

    def described(self) -> ActionResult:
        group = self.params.get(key) or ""
        family = group.removeprefix("default.")
        if family == group:
            return describe(self)
        digits = "".join(c for c in family if c.isdigit())
        forced = "1" if digits and int(digits) >= FORCES_SSL_SINCE else "0"
        return ActionResult({
            "Parameters": [
                {"ParameterName": "rds.force_ssl", "ParameterValue": forced},
                {"ParameterName": "rds.logical_replication", "ParameterValue": "0"},
            ]
        })

    return described


def _subnets_have_owners() -> None:
    def owner_id(self) -> str:
        tags = {tag["key"]: tag["value"] for tag in self.get_tags()}
        return tags.get(OWNER_TAG, self.ec2_backend.account_id)

    Subnet.owner_id = property(owner_id)


def _interfaces_have_public_addresses() -> None:
    get_filter_value = NetworkInterface.get_filter_value

    def filter_value(self, filter_name, method_name=None):
        if filter_name == "association.public-ip":
            return getattr(self, "public_ip", None)
        return get_filter_value(self, filter_name, method_name)

    NetworkInterface.get_filter_value = filter_value
