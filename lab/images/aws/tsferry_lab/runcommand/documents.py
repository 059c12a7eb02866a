"""Command documents: what a document and parameters become on the host.

Knows schema 2.2 with aws:runShellScript steps, parameters of type String and StringList with default, allowedPattern
and allowedValues, and interpolation as text or (interpolationType ENV_VAR) as environment. Other plugins, schema 1.2
and precondition are refused, not ignored; AWS knows them.
"""

import json
import re
from dataclasses import dataclass

from .errors import InvalidDocument, InvalidParameters, ValidationException

#: Document and parameters together, in bytes; the service words it as 97 KB.
SIZE_LIMIT = 100_000
#: The agent's bounds for executionTimeout, in seconds; anything outside them, and any garbage, means the default.
SHORTEST, LONGEST, DEFAULT_TIMEOUT = 5, 172_800, 3_600

RUN_SHELL_SCRIPT = {
    "schemaVersion": "2.2",
    "description": "Run a shell script or specify the commands to run.",
    "parameters": {
        "commands": {"type": "StringList", "description": "(Required) Specify a shell script or a command to run."},
        "workingDirectory": {"type": "String", "default": ""},
        "executionTimeout": {
            "type": "String",
            "default": "3600",
            "allowedPattern": "([1-9][0-9]{0,4})|(1[0-6][0-9]{4})|(17[0-1][0-9]{3})|(172[0-7][0-9]{2})|(172800)",
        },
    },
    "mainSteps": [
        {
            "action": "aws:runShellScript",
            "name": "aws:runShellScript",
            "inputs": {
                "runCommand": "{{ commands }}",
                "workingDirectory": "{{ workingDirectory }}",
                "timeoutSeconds": "{{ executionTimeout }}",
            },
        }
    ],
}
BUILT_IN = {"AWS-RunShellScript": RUN_SHELL_SCRIPT}

_REFERENCE = re.compile(r"\{\{\s*([A-Za-z0-9_]+)\s*\}\}")


@dataclass(frozen=True)
class Step:
    """One script for the agent; timeout in seconds."""

    name: str
    script: str
    working_directory: str
    timeout: int
    environment: dict

    def as_json(self) -> dict:
        return dict(self.__dict__)


def find(ssm_backend, name: str, version: str | None) -> dict:
    """The content of a document by its name or ARN."""
    name = name.split(":document/")[-1]
    documents = ssm_backend._documents.get(name)
    if documents is not None:
        found = documents.find(version if version != "$DEFAULT" else None)
        if found.document_type not in (None, "Command"):
            raise InvalidDocument(f"Document {name} is not of type Command.")
        return found.content_json
    if name in BUILT_IN:
        return BUILT_IN[name]
    raise InvalidDocument(f"Document with name {name} does not exist.")


def steps(document: dict, given: dict[str, list[str]]) -> list[Step]:
    """What the document does with these parameters."""
    if str(document.get("schemaVersion")) != "2.2":
        raise InvalidDocument("the lab runs documents of schema version 2.2 only")
    size = len(json.dumps(document)) + len(json.dumps(given))
    if size > SIZE_LIMIT:
        raise ValidationException("The total size of your parameter(s) and document exceeds the 97KB limit")
    declared = document.get("parameters") or {}
    values = _values(declared, given)
    environment = {
        f"SSM_{name}": value
        for name, value in values.items()
        if isinstance(value, str) and declared[name].get("interpolationType") == "ENV_VAR"
    }
    return [_step(step, values, environment) for step in document.get("mainSteps") or []]


def _step(step: dict, values: dict, environment: dict) -> Step:
    if step.get("action") != "aws:runShellScript" or "precondition" in step:
        raise InvalidDocument(f"the lab runs aws:runShellScript steps without precondition only, not {step}")
    inputs = step.get("inputs") or {}
    commands = _interpolate(inputs.get("runCommand"), values, environment)
    lines = commands if isinstance(commands, list) else [commands]
    return Step(
        name=step["name"],
        script="\n".join(lines) + "\n",
        working_directory=_interpolate(inputs.get("workingDirectory") or "", values, environment),
        timeout=_timeout(_interpolate(inputs.get("timeoutSeconds"), values, environment)),
        environment=environment,
    )


def _timeout(value) -> int:
    try:
        seconds = int(str(value))
    except ValueError:
        return DEFAULT_TIMEOUT
    return seconds if SHORTEST <= seconds <= LONGEST else DEFAULT_TIMEOUT


def _interpolate(value, values: dict, environment: dict):
    """Replaces references; a list's element that is one reference to a list becomes that list's elements."""
    if isinstance(value, list):
        flat = []
        for element in value:
            replaced = _interpolate(element, values, environment)
            flat.extend(replaced if isinstance(replaced, list) else [replaced])
        return flat
    if not isinstance(value, str):
        return value
    whole = _REFERENCE.fullmatch(value.strip())
    if whole and isinstance(values.get(whole.group(1)), list):
        return values[whole.group(1)]

    def text(match):
        name = match.group(1)
        if name not in values:
            return match.group(0)
        if f"SSM_{name}" in environment:
            return f"${{SSM_{name}}}"
        found = values[name]
        return found if isinstance(found, str) else json.dumps(found)

    return _REFERENCE.sub(text, value)


def _values(declared: dict, given: dict[str, list[str]]) -> dict:
    unknown = sorted(set(given) - set(declared))
    if unknown:
        raise InvalidParameters(f"Parameters {unknown} are not defined in the document.")
    values = {}
    for name, parameter in declared.items():
        if name in given:
            values[name] = _given(name, parameter, given[name])
        elif "default" in parameter:
            values[name] = parameter["default"]
        else:
            raise InvalidParameters(f"Parameter {name} is required and has no default.")
    return values


def _given(name: str, parameter: dict, values: list[str]):
    is_list = parameter.get("type") == "StringList"
    if not is_list and len(values) != 1:
        raise InvalidParameters(f"Parameter {name} is a String and takes one value, not {len(values)}.")
    for value in values:
        pattern = parameter.get("allowedPattern")
        if pattern and not re.fullmatch(pattern, value):
            raise InvalidParameters(f"Parameter {name} does not match its allowed pattern {pattern}.")
        allowed = parameter.get("allowedValues")
        if allowed and value not in allowed:
            raise InvalidParameters(f"Parameter {name} is not one of {allowed}.")
    return list(values) if is_list else values[0]
