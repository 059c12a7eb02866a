"""HTTP to the emulated AWS: the metadata service for who we are, the lab's own channel for work."""

import json
import os
import urllib.request

METADATA = "http://169.254.169.254/latest"


def metadata(path: str) -> str:
    """One value of the metadata service, by IMDSv2."""
    asked = urllib.request.Request(
        f"{METADATA}/api/token", method="PUT", headers={"X-aws-ec2-metadata-token-ttl-seconds": "300"}
    )
    with urllib.request.urlopen(asked, timeout=5) as answer:
        token = answer.read().decode()
    asked = urllib.request.Request(f"{METADATA}/{path}", headers={"X-aws-ec2-metadata-token": token})
    with urllib.request.urlopen(asked, timeout=5) as answer:
        return answer.read().decode()


def call(operation: str, body: dict) -> dict:
    """One call of the channel; urllib.error.HTTPError when refused, OSError when nobody answers."""
    asked = urllib.request.Request(
        f"{os.environ['AWS_ENDPOINT_URL']}/lab-agent/{operation}",
        data=json.dumps(body).encode(),
        headers={"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(asked, timeout=30) as answer:
        return json.load(answer)
