"""A command on this host: its files, which outlive the agent, so that an agent that starts again finds it.

    state/<command>/job.json      what to run
    state/<command>/worker.pid    who runs it
    state/<command>/cancel        there when it is to be killed
    state/<command>/result.json   how it ended
    orchestration/<command>/<step>/{_script.sh,stdout,stderr}
"""

import json
import os
import shutil
from pathlib import Path


class Job:
    def __init__(self, root: Path, command_id: str):
        self.id = command_id
        self._state = root / "state" / command_id
        self.orchestration = root / "orchestration" / command_id

    @staticmethod
    def all(root: Path) -> list["Job"]:
        state = root / "state"
        return [Job(root, name) for name in sorted(os.listdir(state))] if state.is_dir() else []

    def save(self, content: dict) -> None:
        self._state.mkdir(parents=True, exist_ok=True)
        self._write("job.json", json.dumps(content))

    def content(self) -> dict:
        return json.loads((self._state / "job.json").read_text())

    def worker(self) -> int | None:
        """Process id of the worker, if it is alive; a process of that id that is not it (after a reboot) doesn't count."""
        try:
            pid = int((self._state / "worker.pid").read_text())
            alive = self.id.encode() in Path(f"/proc/{pid}/cmdline").read_bytes()
            return pid if alive else None
        except (OSError, ValueError):
            return None

    def started(self, pid: int) -> None:
        self._write("worker.pid", str(pid))

    def cancel(self) -> None:
        self._write("cancel", "")

    def cancelled(self) -> bool:
        return (self._state / "cancel").exists()

    def finish(self, result: dict) -> None:
        self._write("result.json", json.dumps(result))

    def result(self) -> dict | None:
        try:
            return json.loads((self._state / "result.json").read_text())
        except OSError:
            return None

    def forget_result(self) -> None:
        (self._state / "result.json").unlink(missing_ok=True)

    def remove(self) -> None:
        shutil.rmtree(self._state, ignore_errors=True)

    def _write(self, name: str, text: str) -> None:
        temporary = self._state / f".{name}"
        temporary.write_text(text)
        temporary.rename(self._state / name)
