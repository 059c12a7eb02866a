"""The Run Command calls of the SSM API, in moto's response class in place of moto's own.

Not here: Targets, output to S3 or CloudWatch, notifications, pagination (answers are complete).
"""

import time
from datetime import datetime, timezone

from moto.core.responses import ActionResult
from moto.ssm.responses import SimpleSystemManagerResponse

from . import documents
from .agents import AGENTS
from .commands import INVISIBLE, STORE, Command, Invocation
from .errors import (
    InvalidCommandId,
    InvalidFilterKey,
    InvalidInstanceId,
    InvalidPluginName,
    InvocationDoesNotExist,
    ValidationException,
)

SHORTEST_DELIVERY, LONGEST_DELIVERY, DEFAULT_DELIVERY = 30, 2_592_000, 3_600


def install() -> None:
    for call in (
        send_command,
        get_command_invocation,
        list_commands,
        list_command_invocations,
        cancel_command,
        describe_instance_information,
    ):
        setattr(SimpleSystemManagerResponse, call.__name__, call)


def send_command(self) -> ActionResult:
    for unsupported in ("Targets", "OutputS3BucketName", "CloudWatchOutputConfig"):
        if self._get_param(unsupported):
            raise ValidationException(f"the lab has no {unsupported} for SendCommand")
    name = self._get_param("DocumentName")
    document = documents.find(self.ssm_backend, name, self._get_param("DocumentVersion"))
    parameters = self._get_param("Parameters") or {}
    timeout = self._get_param("TimeoutSeconds") or DEFAULT_DELIVERY
    if not SHORTEST_DELIVERY <= timeout <= LONGEST_DELIVERY:
        raise ValidationException(
            f"Value '{timeout}' at 'timeoutSeconds' failed to satisfy constraint: "
            f"Member must have value between {SHORTEST_DELIVERY} and {LONGEST_DELIVERY}"
        )
    instance_ids = self._get_param("InstanceIds") or []
    managed = {agent.instance_id for agent in AGENTS.managed()}
    for instance_id in instance_ids:
        if instance_id not in managed:
            raise InvalidInstanceId(instance_id)
    command = Command(
        name,
        self._get_param("DocumentVersion") or "",
        parameters,
        documents.steps(document, parameters),
        timeout,
        self._get_param("Comment") or "",
    )
    STORE.add(command, instance_ids)
    return ActionResult({"Command": _command(command)})


def get_command_invocation(self) -> ActionResult:
    invocation = _invocation(self._get_param("CommandId"), self._get_param("InstanceId"))
    command = invocation.command
    plugin_name = self._get_param("PluginName")
    names = [step.name for step in command.steps]
    if plugin_name and plugin_name not in names:
        raise InvalidPluginName("")
    if not plugin_name and len(names) > 1:
        raise ValidationException("PluginName is required for a document with several steps")
    plugin_name = plugin_name or names[0]
    plugin = invocation.plugins.get(plugin_name, {})
    return ActionResult(
        {
            "CommandId": command.id,
            "InstanceId": invocation.instance_id,
            "Comment": command.comment,
            "DocumentName": command.document,
            "DocumentVersion": command.version,
            "PluginName": plugin_name,
            "ResponseCode": plugin.get("code", -1),
            "ExecutionStartDateTime": _text(invocation.started),
            "ExecutionEndDateTime": _text(invocation.ended),
            "ExecutionElapsedTime": _elapsed(invocation),
            "Status": invocation.status,
            "StatusDetails": invocation.details,
            "StandardOutputContent": plugin.get("stdout", ""),
            "StandardOutputUrl": "",
            "StandardErrorContent": plugin.get("stderr", ""),
            "StandardErrorUrl": "",
            "CloudWatchOutputConfig": {"CloudWatchLogGroupName": "", "CloudWatchOutputEnabled": False},
        }
    )


def list_commands(self) -> ActionResult:
    return ActionResult({"Commands": [_command(command) for command in _selected(self)]})


def list_command_invocations(self) -> ActionResult:
    instance_id = self._get_param("InstanceId")
    details = bool(self._get_param("Details"))
    found = [
        _listed(invocation, details)
        for command in _selected(self)
        for invocation in command.invocations.values()
        if not instance_id or invocation.instance_id == instance_id
    ]
    return ActionResult({"CommandInvocations": found})


def cancel_command(self) -> ActionResult:
    command = STORE.find(self._get_param("CommandId"))
    if not command:
        raise InvalidCommandId()
    instance_ids = self._get_param("InstanceIds") or []
    for instance_id in instance_ids:
        if instance_id not in command.invocations:
            raise InvalidInstanceId(instance_id)
    STORE.cancel(command, instance_ids)
    return ActionResult({})


def describe_instance_information(self) -> ActionResult:
    agents = AGENTS.managed()
    filters = self._get_param("Filters") or self._get_param("InstanceInformationFilterList") or []
    for wanted in filters:
        key = wanted.get("Key") or wanted.get("key")
        values = wanted.get("Values") or wanted.get("valueSet") or []
        if key == "InstanceIds":
            agents = [agent for agent in agents if agent.instance_id in values]
        elif key == "PingStatus":
            agents = [agent for agent in agents if _ping_status(agent) in values]
        else:
            raise InvalidFilterKey(f"the lab has no filter {key}")
    return ActionResult({"InstanceInformationList": [_information(agent) for agent in agents]})


def _invocation(command_id: str, instance_id: str) -> Invocation:
    command = STORE.find(command_id)
    invocation = command and command.invocations.get(instance_id)
    if not invocation or time.time() - command.requested < INVISIBLE:
        raise InvocationDoesNotExist()
    return invocation


def _selected(self) -> list[Command]:
    """The commands that CommandId and InstanceId ask for, newest first."""
    command_id, instance_id = self._get_param("CommandId"), self._get_param("InstanceId")
    commands = [
        command
        for command in STORE.all()
        if (not command_id or command.id == command_id) and (not instance_id or instance_id in command.invocations)
    ]
    if command_id and not commands:
        raise InvalidCommandId()
    return commands[::-1]


def _command(command: Command) -> dict:
    invocations = list(command.invocations.values())
    status, details = _overall(invocations)
    return {
        "CommandId": command.id,
        "DocumentName": command.document,
        "DocumentVersion": command.version,
        "Comment": command.comment,
        "ExpiresAfter": datetime.fromtimestamp(command.expires(), timezone.utc),
        "Parameters": command.parameters,
        "InstanceIds": list(command.invocations),
        "Targets": [],
        "RequestedDateTime": datetime.fromtimestamp(command.requested, timezone.utc),
        "Status": status,
        "StatusDetails": details,
        "MaxConcurrency": "50",
        "MaxErrors": "0",
        "TargetCount": len(invocations),
        "CompletedCount": sum(invocation.is_final() for invocation in invocations),
        "ErrorCount": sum(invocation.status in ("Failed", "TimedOut") for invocation in invocations),
        "DeliveryTimedOutCount": sum(invocation.details == "DeliveryTimedOut" for invocation in invocations),
        "TimeoutSeconds": command.delivery_timeout,
    }


def _overall(invocations: list[Invocation]) -> tuple[str, str]:
    for invocation in invocations:
        if not invocation.is_final():
            return invocation.status, invocation.details
    worst = next((invocation for invocation in invocations if invocation.status != "Success"), None)
    return (worst.status, worst.details) if worst else ("Success", "Success")


def _listed(invocation: Invocation, details: bool) -> dict:
    command = invocation.command
    plugins = [
        {
            "Name": name,
            "Status": invocation.status,
            "StatusDetails": invocation.details,
            "ResponseCode": plugin.get("code", -1),
            "ResponseStartDateTime": invocation.started,
            "ResponseFinishDateTime": invocation.ended,
            # The list shows less of the output than GetCommandInvocation.
            "Output": plugin.get("stdout", "")[:2500],
            "StandardOutputUrl": "",
            "StandardErrorUrl": "",
        }
        for name, plugin in invocation.plugins.items()
    ]
    return {
        "CommandId": command.id,
        "InstanceId": invocation.instance_id,
        "InstanceName": "",
        "Comment": command.comment,
        "DocumentName": command.document,
        "DocumentVersion": command.version,
        "RequestedDateTime": datetime.fromtimestamp(command.requested, timezone.utc),
        "Status": invocation.status,
        "StatusDetails": invocation.details,
        "CommandPlugins": plugins if details else [],
    }


def _ping_status(agent) -> str:
    return "Online" if agent.online() else "ConnectionLost"


def _information(agent) -> dict:
    description = agent.description
    return {
        "InstanceId": agent.instance_id,
        "PingStatus": _ping_status(agent),
        "LastPingDateTime": datetime.fromtimestamp(agent.last_ping, timezone.utc),
        "RegistrationDate": agent.registered,
        "AgentVersion": description.get("agentVersion", ""),
        "IsLatestVersion": True,
        "PlatformType": "Linux",
        "PlatformName": description.get("platformName", ""),
        "PlatformVersion": description.get("platformVersion", ""),
        "ResourceType": "EC2Instance",
        "IPAddress": description.get("ipAddress", ""),
        "ComputerName": description.get("computerName", ""),
    }


def _text(moment: datetime | None) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z" if moment else ""


def _elapsed(invocation: Invocation) -> str:
    if not invocation.started or not invocation.ended:
        return ""
    return f"PT{(invocation.ended - invocation.started).total_seconds():.3f}S"
