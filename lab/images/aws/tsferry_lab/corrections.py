"""Where moto answers differently from AWS and a migration would notice."""

from moto.ec2.models.elastic_block_store import EBSBackend
from moto.ec2.models.instances import Instance
from moto.iam.access_control import IAMPolicyStatement, PermissionResult

GP3_THROUGHPUT = 125


def install() -> None:
    _interfaces_go_with_their_instance()
    _gp3_has_a_throughput()
    _loopback_counts_as_tls()


def _interfaces_go_with_their_instance() -> None:
    """moto keeps the interface that RunInstances made; on AWS it goes when the instance does."""
    prep_nics = Instance.prep_nics

    def prepare(self, nic_spec, *args, **kwargs):
        given = {int(nic["DeviceIndex"]): nic for nic in nic_spec}
        prep_nics(self, nic_spec, *args, **kwargs)
        for index, nic in self.nics.items():
            spec = given.get(index, {})
            if not spec.get("NetworkInterfaceId") and spec.get("DeleteOnTermination") is not False:
                nic.delete_on_termination = True

    Instance.prep_nics = prepare


def _gp3_has_a_throughput() -> None:
    create_volume = EBSBackend.create_volume

    def create(self, *args, **kwargs):
        if kwargs.get("volume_type") == "gp3" and not kwargs.get("throughput"):
            kwargs["throughput"] = GP3_THROUGHPUT
        return create_volume(self, *args, **kwargs)

    EBSBackend.create_volume = create


def _loopback_counts_as_tls() -> None:
    """A policy that denies what does not come over TLS, or is signed too long ago, denies nothing here.

    The lab speaks plain HTTP, over loopback and its own networks, and looks at the age of presigned URLs by itself; moto
    takes any Deny with a condition for a plain one.
    """
    is_action_permitted = IAMPolicyStatement.is_action_permitted

    def permitted(self, *args, **kwargs):
        keys = {key for test in self._statement.get("Condition", {}).values() for key in test}
        if self._statement["Effect"] == "Deny" and keys and keys <= {"aws:SecureTransport", "s3:TlsVersion", "s3:signatureAge"}:
            return PermissionResult.NEUTRAL
        return is_action_permitted(self, *args, **kwargs)

    IAMPolicyStatement.is_action_permitted = permitted
