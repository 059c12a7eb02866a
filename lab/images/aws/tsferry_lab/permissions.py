"""What a role's policies allow.

Looks at the Allow statements of inline and attached policies: actions and resources, with wildcards. Conditions, Deny,
NotAction and boundaries are not looked at.
"""

import json
from fnmatch import fnmatchcase
from urllib.parse import unquote


def allows(role, action: str, resource: str | None = None) -> bool:
    """Whether the role may do this, to that resource; to some resource where none is named."""
    documents = list(role.policies.values()) + [policy.document for policy in role.managed_policies.values()]
    return any(_allows(document, action, resource) for document in documents)


def _allows(document, action: str, resource: str | None) -> bool:
    if isinstance(document, str):
        document = json.loads(unquote(document) if document.startswith("%") else document)
    return any(
        statement.get("Effect") == "Allow"
        and any(fnmatchcase(action.lower(), pattern.lower()) for pattern in _list(statement.get("Action")))
        and (resource is None or any(fnmatchcase(resource, pattern) for pattern in _list(statement.get("Resource"))))
        for statement in _list(document.get("Statement"))
    )


def _list(value) -> list:
    return value if isinstance(value, list) else [] if value is None else [value]
