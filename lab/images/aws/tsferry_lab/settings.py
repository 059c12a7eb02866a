"""What the lab's start hands to this server through the environment; nothing else reads the environment."""

import os

ACCOUNT = "123456789012"
REGION = os.environ.get("LAB_REGION", "us-east-1")

LAB = os.environ.get("LAB_NAME", "lab")
#: Image of the containers that stand for EC2 instances; without one, instances exist in the API only.
HOST_IMAGE = os.environ.get("LAB_HOST_IMAGE", "")
#: Port of the API as the operator's machine sees it, so that one URL means the same there and on the hosts.
PUBLISHED_PORT = int(os.environ.get("LAB_AWS_PORT", "4566"))
PORT = 4566

LABEL = "tsferry.lab"
ROLE_LABEL = "tsferry.role"
INTERNET = f"tsferry-{LAB}-internet"
VPC = f"tsferry-{LAB}-vpc"
AWS_CONTAINER = f"tsferry-{LAB}-aws"


def host_container(instance_id: str) -> str:
    """Name of the container that stands for an instance."""
    return f"tsferry-{LAB}-{instance_id}"
