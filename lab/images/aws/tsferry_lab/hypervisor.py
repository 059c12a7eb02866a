"""The hypervisor: makes the hosts' containers follow what the EC2 API says, and the API what happens on the hosts.

Looks at both sides twice a second and repairs the difference, whatever caused it; no call needs to tell it anything.
An instance is "running" in the API at once, while its container boots; on AWS it is "pending" for a while.
"""

import logging
import threading
import time

from . import instances, settings
from .reach import reaches_a_database

log = logging.getLogger("hypervisor")
INTERVAL = 0.5


class Hosts:
    """Which instance has which address."""

    def __init__(self):
        self._instance_by_address: dict[str, str] = {}

    def instance_at(self, address: str | None) -> str | None:
        return self._instance_by_address.get(address or "")

    def replace(self, instance_by_address: dict[str, str]) -> None:
        self._instance_by_address = instance_by_address


HOSTS = Hosts()


class Hypervisor:
    def __init__(self, engine):
        self._engine = engine
        #: Instances whose containers were stopped from here, so that a stopped container is no shutdown from within.
        self._stopped: set[str] = set()

    def reconcile(self) -> None:
        hosts = {host.instance_id: host for host in self._engine.hosts()}
        wanted = {instance.id: instance for instance in instances.all_instances() if instance.state != "terminated"}
        for instance_id, host in hosts.items():
            if instance_id not in wanted:
                host.remove()
        for instance_id, instance in wanted.items():
            self._follow(instance, hosts.get(instance_id))
        HOSTS.replace(
            {
                address: host.instance_id
                for host in hosts.values()
                if host.instance_id in wanted
                for address in host.networks().values()
                if address
            }
        )

    def _follow(self, instance, host) -> None:
        if host is None:
            if instance.state in ("pending", "running"):
                self._engine.create(instance)
        elif instance.state == "stopped":
            if host.running():
                self._stopped.add(instance.id)
                host.stop()
        elif host.stopped():
            self._came_to_a_stop(instance, host)
        elif host.running():
            if getattr(instance, "lab_reboot", False):
                instance.lab_reboot = False
                host.reboot()
            self._network(instance, host)

    def _came_to_a_stop(self, instance, host) -> None:
        if instance.id in self._stopped or host.rebooted_itself():
            self._stopped.discard(instance.id)
            host.start()
            return
        log.info("%s was shut down from within: %s", instance.id, instance.instance_initiated_shutdown_behavior)
        if instance.instance_initiated_shutdown_behavior == "terminate":
            instance.terminate()
        else:
            self._stopped.add(instance.id)
            instance.stop()

    def _network(self, instance, host) -> None:
        connected = settings.VPC in host.networks()
        allowed = reaches_a_database(instance)
        if allowed and not connected:
            self._engine.connect(host, settings.VPC)
        elif connected and not allowed:
            self._engine.disconnect(host, settings.VPC)

    def run(self) -> None:
        while True:
            try:
                self.reconcile()
            except Exception:
                # The next round tries again; a hypervisor that dies would leave every host unattended.
                log.exception("reconciling failed")
            time.sleep(INTERVAL)


def start() -> None:
    """Starts the loop in the background, where there is a host image and an engine."""
    if not settings.HOST_IMAGE:
        log.warning("LAB_HOST_IMAGE is not set: instances exist in the API only")
        return
    from moto.ec2.models.instances import Instance

    from .hosts import Engine

    def reboot(self):
        self.lab_reboot = True

    Instance.reboot = reboot
    threading.Thread(target=Hypervisor(Engine()).run, name="hypervisor", daemon=True).start()
