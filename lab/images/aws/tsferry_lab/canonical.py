"""Canonical's Ubuntu images: AMIs in EC2, and the public SSM parameters that name the newest of each.

The ids are made up and the same in every region. Whatever AMI an instance asks for, it boots the lab's host image,
which is Debian: the lab has no Ubuntu.
"""

import hashlib
from datetime import datetime, timezone

from moto.ec2.models.amis import Ami, AmiBackend
from moto.ssm.models import Parameter, ParameterDict

RELEASES = {"22.04": "jammy", "24.04": "noble", "26.04": "resolute"}
ARCHITECTURES = {"amd64": "x86_64", "arm64": "arm64"}
PREFIX = "/aws/service/canonical/ubuntu/server"
OWNER = "099720109477"
BUILT = datetime(2026, 1, 15, tzinfo=timezone.utc)


def parameter_name(release: str, architecture: str) -> str:
    return f"{PREFIX}/{release}/stable/current/{architecture}/hvm/ebs-gp3/ami-id"


def ami_id(release: str, architecture: str) -> str:
    return "ami-" + hashlib.sha256(f"ubuntu {release} {architecture}".encode()).hexdigest()[:17]


def install() -> None:
    """Adds the images to every EC2 backend and the parameters to every parameter store, as they come to be."""
    load_amis = AmiBackend._load_amis
    check_loading_status = ParameterDict._check_loading_status

    def load_amis_and_ubuntu(self):
        load_amis(self)
        for release, codename in RELEASES.items():
            for architecture, ec2_architecture in ARCHITECTURES.items():
                image = _image(self, release, codename, architecture, ec2_architecture)
                self.amis[image.id] = image

    def check_loading_status_with_ubuntu(self, key):
        check_loading_status(self, key)
        if str(key or "").startswith("/aws/service/canonical") and not getattr(self, "ubuntu_loaded", False):
            self.ubuntu_loaded = True
            _load_parameters(self)

    AmiBackend._load_amis = load_amis_and_ubuntu
    ParameterDict._check_loading_status = check_loading_status_with_ubuntu


def _image(backend, release: str, codename: str, architecture: str, ec2_architecture: str) -> Ami:
    name = f"ubuntu/images/hvm-ssd-gp3/ubuntu-{codename}-{release}-{architecture}-server-20260115"
    image = Ami(
        backend,
        ami_id(release, architecture),
        name=name,
        image_location=f"{OWNER}/{name}",
        description=f"Canonical, Ubuntu, {release} LTS, {architecture} {codename} image (a stand-in)",
        owner_id=OWNER,
        public=True,
        virtualization_type="hvm",
        architecture=ec2_architecture,
        creation_date=BUILT,
        hypervisor="xen",
        root_device_type="ebs",
        root_device_name="/dev/sda1",
    )
    return image


def _load_parameters(parameters: ParameterDict) -> None:
    for release in RELEASES:
        for architecture in ARCHITECTURES:
            name = parameter_name(release, architecture)
            parameter = Parameter(
                account_id=parameters.account_id,
                name=name,
                value=ami_id(release, architecture),
                parameter_type="String",
                description=None,
                allowed_pattern=None,
                keyid=None,
                last_modified_date=BUILT,
                version=1,
                data_type="aws:ec2:image",
            )
            dict.setdefault(parameters, name, []).append(parameter)
