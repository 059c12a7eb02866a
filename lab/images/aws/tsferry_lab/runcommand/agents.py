"""The agents that registered, and when each was last heard of.

AWS calls an agent's connection lost after some minutes of silence; here it is seconds, so that tests need not wait.
"""

import threading
import time
from datetime import datetime, timezone

from .. import instances

#: Seconds of silence after which an agent counts as lost; its long poll returns well within it.
LOST_AFTER = 12


class Agent:
    def __init__(self, instance_id: str, description: dict):
        self.instance_id = instance_id
        self.description = description
        self.registered = datetime.now(timezone.utc)
        self.last_ping = time.time()

    def online(self) -> bool:
        return time.time() - self.last_ping < LOST_AFTER


class Agents:
    def __init__(self):
        self._agents: dict[str, Agent] = {}
        self._lock = threading.Lock()
        self._polls: dict[str, int] = {}

    def new_poll(self, instance_id: str) -> int:
        with self._lock:
            self._polls[instance_id] = self._polls.get(instance_id, 0) + 1
            return self._polls[instance_id]

    def is_newest_poll(self, instance_id: str, poll: int) -> bool:
        return self._polls.get(instance_id) == poll

    def register(self, instance_id: str, description: dict) -> None:
        with self._lock:
            self._agents[instance_id] = Agent(instance_id, description)

    def heard(self, instance_id: str) -> bool:
        """Notes a sign of life; false if the agent never registered (this server may have been started anew)."""
        with self._lock:
            agent = self._agents.get(instance_id)
            if agent:
                agent.last_ping = time.time()
            return agent is not None

    def managed(self) -> list[Agent]:
        """The agents whose instances run: DescribeInstanceInformation omits stopped ones, SendCommand refuses them."""
        with self._lock:
            agents = list(self._agents.values())
        running = {instance.id for instance in instances.all_instances() if instance.state == "running"}
        return [agent for agent in agents if agent.instance_id in running]


AGENTS = Agents()
