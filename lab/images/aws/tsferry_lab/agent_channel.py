"""The channel between the hosts' agents and Run Command: register, poll for work, report.

A protocol of the lab's own (AWS's is not public): JSON over HTTP under /lab-agent/. A host is known by its address, as
the metadata service knows it, so no host can speak for another.
"""

import json
import time

from werkzeug.wrappers import Request, Response

from . import instances, permissions
from .hypervisor import HOSTS
from .runcommand.agents import AGENTS
from .runcommand.commands import STORE

#: How long a poll waits for work, in seconds.
LONG_POLL = 5


@Request.application
def agent_channel(request: Request) -> Response:
    instance_id = HOSTS.instance_at(request.remote_addr)
    if not instance_id:
        return Response("no instance at this address", 403)
    if request.path == "/lab-agent/register":
        return _register(instance_id, request.get_json())
    if not AGENTS.heard(instance_id):
        return Response("not registered", 410)
    if request.path == "/lab-agent/poll":
        return _poll(instance_id, request.get_json())
    if request.path == "/lab-agent/report":
        report = request.get_json()
        STORE.report(instance_id, report["commandId"], report["status"], report["details"], report["plugins"])
        return Response("{}", 200, content_type="application/json")
    return Response("unknown path", 404)


def _register(instance_id: str, description: dict) -> Response:
    role = instances.profile_role(instances.find(instance_id))
    if not role or not permissions.allows(role, "ssm:UpdateInstanceInformation"):
        return Response("the instance has no role that allows ssm:UpdateInstanceInformation", 403)
    AGENTS.register(instance_id, description)
    return Response("{}", 200, content_type="application/json")


def _poll(instance_id: str, asked: dict) -> Response:
    """Answers with new work and new cancellations, or empty-handed after a while."""
    # An agent has one poll open at a time: a new one means that nobody listens to the old one any more.
    session = AGENTS.new_poll(instance_id)
    told = set(asked["cancelled"])
    deadline = time.monotonic() + LONG_POLL
    taken, cancel = [], []
    with STORE.changed:
        STORE.acknowledge(instance_id, asked["running"])
        STORE.changed.notify_all()
        while AGENTS.is_newest_poll(instance_id, session):
            taken = STORE.take(instance_id)
            cancel = [command_id for command_id in STORE.cancelling(instance_id) if command_id not in told]
            left = deadline - time.monotonic()
            if taken or cancel or left <= 0:
                break
            STORE.changed.wait(left)
    AGENTS.heard(instance_id)
    run = [
        {
            "commandId": invocation.command.id,
            "document": invocation.command.document,
            "steps": [step.as_json() for step in invocation.command.steps],
        }
        for invocation in taken
    ]
    return Response(json.dumps({"run": run, "cancel": cancel}), 200, content_type="application/json")
