"""Commands and their invocations: one state machine per command and instance.

Pending -> InProgress -> Success | Failed | TimedOut | Cancelled, by what the agent says; Pending -> TimedOut when no agent
took it within the delivery timeout. Handing it to an agent changes nothing: it may never arrive. It is in progress when
the agent says so, and is handed out again when the agent's next poll does not. An agent that takes a command and never answers leaves it InProgress until
delivery and execution timeout together have passed; AWS reports it as a delivery timeout then, and so does this.
"""

import threading
import time
import uuid
from datetime import datetime, timezone

#: How long a new invocation can't be seen, in seconds: GetCommandInvocation is eventually consistent.
INVISIBLE = 0.3
#: Commands that an instance works on at once.
WORKERS = 5
FINAL = {"Success", "Failed", "TimedOut", "Cancelled"}


def now() -> datetime:
    return datetime.now(timezone.utc)


class Invocation:
    """One command on one instance; its fields change under the store's lock only."""

    def __init__(self, command: "Command", instance_id: str):
        self.command = command
        self.instance_id = instance_id
        self.status = self.details = "Pending"
        self.started = self.ended = None
        self.plugins: dict[str, dict] = {}
        self.handed_out = False

    def is_final(self) -> bool:
        return self.status in FINAL

    def end(self, status: str, details: str) -> None:
        self.status, self.details = status, details
        self.ended = now()


class Command:
    """What SendCommand was asked; times in seconds since the epoch."""

    def __init__(self, document: str, version: str, parameters, steps, delivery_timeout: int, comment: str):
        self.id = str(uuid.uuid4())
        self.document = document
        self.version = version
        self.parameters = parameters
        self.steps = steps
        self.delivery_timeout = delivery_timeout
        self.comment = comment
        self.requested = time.time()
        self.invocations: dict[str, Invocation] = {}

    def expires(self) -> float:
        return self.requested + self.delivery_timeout + sum(step.timeout for step in self.steps)


class CommandStore:
    """All commands, oldest first; thread-safe, and waking the agents that wait for work."""

    def __init__(self):
        self._commands: dict[str, Command] = {}
        self.changed = threading.Condition()

    def add(self, command: Command, instance_ids: list[str]) -> None:
        with self.changed:
            for instance_id in instance_ids:
                command.invocations[instance_id] = Invocation(command, instance_id)
            self._commands[command.id] = command
            self.changed.notify_all()

    def all(self) -> list[Command]:
        with self.changed:
            self._expire()
            return list(self._commands.values())

    def find(self, command_id: str) -> Command | None:
        with self.changed:
            self._expire()
            return self._commands.get(command_id)

    def acknowledge(self, instance_id: str, running: list[str]) -> None:
        """Takes the agent's word for what it runs, and so for what never reached it. Call with the lock held."""
        for invocation in self._of(instance_id):
            if invocation.command.id in running:
                invocation.started = invocation.started or now()
                if invocation.status == "Pending":
                    invocation.status = invocation.details = "InProgress"
            elif invocation.status == "Cancelling":
                invocation.end("Cancelled", "Cancelled")
            elif not invocation.is_final():
                invocation.status = invocation.details = "Pending"
                invocation.handed_out = False

    def take(self, instance_id: str) -> list[Invocation]:
        """Hands the oldest pending invocations to the instance's agent, as slots allow. Call with the lock held."""
        self._expire()
        unfinished = [i for i in self._of(instance_id) if not i.is_final()]
        free = WORKERS - sum(i.handed_out for i in unfinished)
        waiting = [i for i in unfinished if i.status == "Pending" and not i.handed_out][: max(free, 0)]
        for invocation in waiting:
            invocation.handed_out = True
        return waiting

    def cancelling(self, instance_id: str) -> list[str]:
        """Ids of the commands that the agent should kill. Call with the lock held."""
        return [i.command.id for i in self._of(instance_id) if i.status == "Cancelling"]

    def cancel(self, command: Command, instance_ids: list[str]) -> None:
        with self.changed:
            for instance_id, invocation in command.invocations.items():
                if (instance_ids and instance_id not in instance_ids) or invocation.is_final():
                    continue
                if invocation.status == "Pending" and not invocation.handed_out:
                    invocation.end("Cancelled", "Cancelled")
                else:
                    invocation.status = invocation.details = "Cancelling"
            self.changed.notify_all()

    def report(self, instance_id: str, command_id: str, status: str, details: str, plugins: dict) -> None:
        """Takes an agent's final word on a command; a word on what has ended already changes nothing."""
        with self.changed:
            command = self._commands.get(command_id)
            invocation = command and command.invocations.get(instance_id)
            if not invocation or invocation.is_final():
                return
            invocation.started = invocation.started or now()
            invocation.plugins = plugins
            invocation.end(status, details)
            self.changed.notify_all()

    def _of(self, instance_id: str) -> list[Invocation]:
        return [c.invocations[instance_id] for c in self._commands.values() if instance_id in c.invocations]

    def _expire(self) -> None:
        at = time.time()
        for command in self._commands.values():
            for invocation in command.invocations.values():
                undelivered = invocation.status == "Pending" and at > command.requested + command.delivery_timeout
                unanswered = not invocation.is_final() and at > command.expires() + 5
                if undelivered or unanswered:
                    invocation.end("TimedOut", "DeliveryTimedOut")


STORE = CommandStore()
