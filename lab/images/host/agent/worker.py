"""Runs one command's scripts, as ssm-document-worker does: a process of its own, so that the agent may come and go.

    worker.py <root directory> <command id>
"""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

from job import Job

STDOUT_LIMIT, STDERR_LIMIT = 24_000, 8_000
TRUNCATED = "--output truncated--"
REBOOT, KILLED = 194, 137


def main() -> None:
    job = Job(Path(sys.argv[1]), sys.argv[2])
    plugins = {}
    status, details = "Success", "Success"
    for step in job.content()["steps"]:
        plugin = run(job, step)
        plugins[step["name"]] = plugin
        code = plugin["code"]
        if job.cancelled():
            status = details = "Cancelled"
            break
        if code == REBOOT:
            status = details = "Reboot"
            break
        if code == KILLED:
            status, details = "TimedOut", "ExecutionTimedOut"
        elif code != 0 and status == "Success":
            status = details = "Failed"
    job.finish({"commandId": job.id, "status": status, "details": details, "plugins": plugins})


def run(job: Job, step: dict) -> dict:
    """Runs one script as the agent does: root, sh -c on a 0700 file, a process group of its own, SIGKILL when it must end."""
    directory = job.orchestration / step["name"].replace(":", "")
    downloads = job.orchestration / "downloads"
    for path in (directory, downloads):
        path.mkdir(parents=True, exist_ok=True, mode=0o700)
    script = directory / "_script.sh"
    script.write_text(step["script"])
    script.chmod(0o700)
    working_directory = step["working_directory"]
    process = subprocess.Popen(
        ["sh", "-c", str(script)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=working_directory if os.path.isabs(working_directory) else downloads,
        env={**os.environ, **step["environment"], "SSM_COMMAND_ID": job.id},
        process_group=0,
    )
    stdout = Output(process.stdout, directory / "stdout", STDOUT_LIMIT)
    stderr = Output(process.stderr, directory / "stderr", STDERR_LIMIT)
    killed = wait(job, process, [stdout, stderr], time.monotonic() + step["timeout"])
    return {
        # Killed from outside, a script has no exit code; the agent then reports a failure without one.
        "code": KILLED if killed else process.returncode if process.returncode >= 0 else -1,
        "stdout": stdout.text(),
        "stderr": stderr.text(),
    }


def wait(job: Job, process: subprocess.Popen, outputs: list["Output"], deadline: float) -> bool:
    """Waits for the process and for everybody who holds its output open; true if it had to be killed."""
    while process.poll() is None or any(output.is_alive() for output in outputs):
        if job.cancelled() or time.monotonic() > deadline:
            try:
                os.killpg(process.pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
            process.wait()
            for output in outputs:
                output.join(1)
            return True
        time.sleep(0.05)
    return False


class Output(threading.Thread):
    """Copies a stream to a file and keeps its head."""

    def __init__(self, stream, path: Path, limit: int):
        super().__init__(daemon=True)
        self._stream, self._path, self._limit = stream, path, limit
        self._head = bytearray()
        self.start()

    def run(self) -> None:
        with open(self._path, "wb") as copy:
            while chunk := self._stream.read1(65_536):
                copy.write(chunk)
                copy.flush()
                self._head += chunk[: self._limit - len(self._head)]

    def text(self) -> str:
        head = bytes(self._head)
        if len(head) >= self._limit:
            head = head[: self._limit - len(TRUNCATED)] + TRUNCATED.encode()
        return head.decode(errors="replace")


if __name__ == "__main__":
    main()
