"""The SSM agent of the lab: registers, takes commands, has a worker run each, reports how it ended.

Where it is like the real one: five commands at a time (the other end counts); a worker outlives the agent and is found again; exit code 194
reboots and runs the command again; a worker that is gone without a result fails its command after a minute. Not here:
updates, sessions, inventory, and every plugin but aws:runShellScript.
"""

import os
import platform
import socket
import subprocess
import sys
import threading
import time
import urllib.error
from pathlib import Path

import channel
from job import Job

VERSION = "3.3.2746.0"
RETRIES = 15
GONE_AFTER = 60
WORKER = Path(__file__).with_name("worker.py")


class Agent:
    def __init__(self, instance_id: str):
        self._root = Path("/var/lib/amazon/ssm") / instance_id / "document"
        self._running: dict[str, Job] = {}
        self._cancelled: set[str] = set()
        self._lock = threading.Lock()

    def resume(self) -> None:
        """Takes up what was running when the agent, or the host, went down."""
        for job in Job.all(self._root):
            result = job.result()
            rebooted = result is not None and result["status"] == "Reboot"
            if rebooted:
                content = job.content()
                content["runs"] = content.get("runs", 1) + 1
                job.save(content)
                job.forget_result()
                if content["runs"] > RETRIES:
                    job.finish(failed(job, "the command asked for a reboot too often"))
            self._follow(job, start=rebooted and job.result() is None)

    def poll(self) -> None:
        with self._lock:
            asked = {"running": sorted(self._running), "cancelled": sorted(self._cancelled)}
        answer = channel.call("poll", asked)
        for work in answer["run"]:
            job = Job(self._root, work["commandId"])
            job.save(work)
            self._follow(job, start=True)
        for command_id in answer["cancel"]:
            with self._lock:
                self._cancelled.add(command_id)
                job = self._running.get(command_id)
            if job:
                job.cancel()

    def _follow(self, job: Job, start: bool) -> None:
        with self._lock:
            self._running[job.id] = job
        threading.Thread(target=self._see_through, args=(job, start), daemon=True).start()

    def _see_through(self, job: Job, start: bool) -> None:
        if start:
            worker = subprocess.Popen(
                [sys.executable, str(WORKER), str(self._root), job.id], stdin=subprocess.DEVNULL, start_new_session=True
            )
            job.started(worker.pid)
            worker.wait()
        result = self._result(job)
        if result["status"] == "Reboot":
            subprocess.run(["systemctl", "reboot"], check=False)
            return
        self._report(result)
        job.remove()
        with self._lock:
            del self._running[job.id]
            self._cancelled.discard(job.id)

    def _result(self, job: Job) -> dict:
        """Waits for the result of a worker that may have been started by an earlier agent."""
        gone_since = None
        while True:
            alive = job.worker() is not None
            result = job.result()
            if result is not None:
                return result
            gone_since = None if alive else gone_since or time.monotonic()
            if gone_since and time.monotonic() - gone_since > GONE_AFTER:
                return failed(job, "document process failed unexpectedly")
            time.sleep(0.1)

    def _report(self, result: dict) -> None:
        while True:
            try:
                channel.call("report", result)
                return
            except urllib.error.HTTPError as refused:
                print(f"report refused: {refused}", file=sys.stderr)
                return
            except OSError:
                time.sleep(1)


def failed(job: Job, why: str) -> dict:
    plugins = {step["name"]: {"code": 1, "stdout": "", "stderr": why} for step in job.content()["steps"]}
    return {"commandId": job.id, "status": "Failed", "details": "Failed", "plugins": plugins}


def identify() -> str:
    """The instance's id, as soon as the metadata service knows this host."""
    while True:
        try:
            return channel.metadata("meta-data/instance-id")
        except OSError:
            time.sleep(0.1)


def register(release: dict) -> None:
    description = {
        "agentVersion": VERSION,
        "platformName": release["NAME"],
        "platformVersion": release["VERSION_ID"],
        "computerName": socket.gethostname(),
        "ipAddress": channel.metadata("meta-data/local-ipv4"),
    }
    while True:
        try:
            channel.call("register", description)
            return
        except OSError as failure:
            print(f"registering: {failure}", file=sys.stderr)
            time.sleep(0.5)


def main() -> None:
    instance_id = identify()
    release = platform.freedesktop_os_release()
    os.environ["AWS_SSM_INSTANCE_ID"] = instance_id
    os.environ["AWS_SSM_REGION_NAME"] = channel.metadata("meta-data/placement/region")
    os.environ["AWS_SSM_PLATFORM_NAME"] = release["NAME"]
    os.environ["AWS_SSM_PLATFORM_VERSION"] = release["VERSION_ID"]
    agent = Agent(instance_id)
    register(release)
    agent.resume()
    while True:
        try:
            agent.poll()
        except urllib.error.HTTPError as refused:
            if refused.code == 410:
                register(release)
            time.sleep(0.5)
        except OSError:
            time.sleep(0.5)


if __name__ == "__main__":
    main()
