"""A host: the container that stands for one EC2 instance, made and changed through the container engine.

It runs a real systemd (see lab/images/host), so it needs more rights than most containers, but never --privileged. It
has no block devices: EBS volumes exist in the API only, and the root file system is the container's.
"""

import logging
from datetime import datetime

import docker
from docker.errors import APIError, NotFound

from . import settings

log = logging.getLogger("hosts")


class Host:
    """One existing container, as it was when it was listed."""

    def __init__(self, container):
        self._container = container
        self.instance_id = container.labels["tsferry.instance"]

    def running(self) -> bool:
        return self._container.status == "running"

    def stopped(self) -> bool:
        return self._container.status == "exited"

    def rebooted_itself(self) -> bool:
        """Whether it went down to come up again: reboot(2) in a container ends its init with SIGHUP, halting with SIGINT."""
        return self._container.attrs["State"]["ExitCode"] == 129

    def networks(self) -> dict[str, str]:
        """Its addresses by network."""
        networks = self._container.attrs["NetworkSettings"]["Networks"]
        return {name: network["IPAddress"] for name, network in networks.items()}

    def start(self) -> None:
        self._container.start()

    def stop(self) -> None:
        self._container.kill()

    def reboot(self) -> None:
        self._container.kill()
        self._container.wait(timeout=30)
        self._container.start()

    def remove(self) -> None:
        try:
            self._container.remove(force=True, v=True)
        except NotFound:
            pass
        log.info("%s removed", self.instance_id)


class Engine:
    """The container engine, through the socket that is mounted into this container."""

    def __init__(self):
        self._docker = docker.from_env()
        self._cgroup_version = str(self._docker.info().get("CgroupVersion", "1"))

    def hosts(self) -> list[Host]:
        filters = {"label": [f"{settings.LABEL}={settings.LAB}", f"{settings.ROLE_LABEL}=host"]}
        # Without ignore_removed, one that goes while it is listed would be an error.
        return [Host(c) for c in self._docker.containers.list(all=True, filters=filters, ignore_removed=True)]

    def create(self, instance) -> None:
        """Makes and starts the container of an instance."""
        container = self._docker.containers.create(
            settings.HOST_IMAGE,
            name=settings.host_container(instance.id),
            hostname=instance.private_dns_name.split(".")[0],
            labels={
                settings.LABEL: settings.LAB,
                settings.ROLE_LABEL: "host",
                "tsferry.instance": instance.id,
            },
            environment={
                "LAB_AWS_HOST": settings.AWS_CONTAINER,
                "LAB_AWS_PORT": str(settings.PUBLISHED_PORT),
            },
            network=settings.INTERNET,
            # systemd mounts, the metadata address, and a reboot that ends the container with its own exit code.
            cap_add=["SYS_ADMIN", "NET_ADMIN", "SYS_BOOT"],
            security_opt=["seccomp=unconfined", "apparmor=unconfined"],
            tmpfs={"/run": "exec", "/run/lock": ""},
            **self._cgroups(),
        )
        container.start()
        log.info("%s started at %s", instance.id, datetime.now().time())

    def _cgroups(self) -> dict:
        if self._cgroup_version == "2":
            # A private namespace shows the container its own subtree only; the host's tree is never mounted.
            return {"cgroupns": "private"}
        return {"cgroupns": "host", "volumes": {"/sys/fs/cgroup": {"bind": "/sys/fs/cgroup", "mode": "rw"}}}

    def connect(self, host: Host, network: str) -> None:
        try:
            self._docker.networks.get(network).connect(host._container)
            log.info("%s connected to %s", host.instance_id, network)
        except NotFound:
            pass

    def disconnect(self, host: Host, network: str) -> None:
        try:
            self._docker.networks.get(network).disconnect(host._container, force=True)
            log.info("%s disconnected from %s", host.instance_id, network)
        except (NotFound, APIError) as failure:
            log.warning("disconnecting %s from %s: %s", host.instance_id, network, failure)
