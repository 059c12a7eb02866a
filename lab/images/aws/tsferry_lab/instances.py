"""The instances that moto knows, as the rest of this package needs them: one view for all regions."""

from moto.ec2.models import ec2_backends

from . import settings


def backends() -> list:
    """The EC2 backends in use; moto makes one per region when it is first asked for."""
    regions = ec2_backends[settings.ACCOUNT]
    if settings.REGION not in list(regions):
        regions[settings.REGION]
    return list(regions.values())


def all_instances() -> list:
    """Every instance, also the terminated ones."""
    return [
        instance
        for backend in backends()
        for reservation in list(backend.reservations.values())
        for instance in list(reservation.instances)
    ]


def find(instance_id: str):
    """The instance of that id, or None."""
    return next((instance for instance in all_instances() if instance.id == instance_id), None)


def profile_role(instance):
    """The IAM role of the instance's profile, or None: the host's identity."""
    for association in list(instance.ec2_backend.iam_instance_profile_associations.values()):
        if association.instance.id == instance.id and association.state == "associated":
            roles = association.iam_instance_profile.roles
            return roles[0] if roles else None
    return None
