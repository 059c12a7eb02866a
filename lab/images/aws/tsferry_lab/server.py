"""Starts moto's own server with this package loaded into it, on port 4566.

A request is for the instance metadata service, for the agents' channel, or for moto. No signature is checked: anyone who
reaches the port is the account's owner, unless the key is a host's or a user's, so the lab publishes it on 127.0.0.1 only.
"""

import logging
import sys

from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import WSGIRequestHandler, run_simple

from . import authorization, canonical, corrections, databases, hypervisor, metrics, operators, presigned, settings
from .agent_channel import agent_channel
from .metadata import metadata_service
from .runcommand import api as run_command
from .stacks import api as stacks


class LabApplication:
    """Tells the kinds of requests apart."""

    def __init__(self):
        self._moto = DomainDispatcherApplication(create_backend_app)

    def __call__(self, environ, start_response):
        if environ.get("HTTP_HOST", "").split(":")[0] == "169.254.169.254":
            return metadata_service(environ, start_response)
        if environ.get("PATH_INFO", "").startswith("/lab-agent/"):
            return agent_channel(environ, start_response)
        if environ.get("PATH_INFO") == operators.PATH:
            return operators.record(environ, start_response)
        answer = authorization.refused(environ) or operators.refused(environ) or presigned.refused(environ)
        if answer is None and environ.get("PATH_INFO") == metrics.PATH:
            answer = metrics.metric_statistics
        answer = answer or self._moto
        return answer(environ, start_response)


class QuietRequestHandler(WSGIRequestHandler):
    """Logs what failed in here only: polls would drown everything else."""

    # Keeps connections open, as AWS does; a follower then polls over one connection.
    protocol_version = "HTTP/1.1"

    def log_request(self, code="-", size="-"):
        if str(code).startswith("5"):
            super().log_request(code, size)


def main() -> None:
    logging.basicConfig(stream=sys.stderr, level=logging.INFO, format="%(asctime)s %(name)s %(message)s")
    logging.getLogger("docker").setLevel(logging.WARNING)
    canonical.install()
    corrections.install()
    databases.install()
    run_command.install()
    stacks.install()
    hypervisor.start()
    run_simple("0.0.0.0", settings.PORT, LabApplication(), threaded=True, request_handler=QuietRequestHandler)


if __name__ == "__main__":
    main()
