"""The order in which a template's resources are made: each after those that it mentions."""

import re

_SUBSTITUTION = re.compile(r"\$\{([A-Za-z0-9]+)[.}]")


def creation_order(resources: dict) -> list[str]:
    """Logical ids, dependencies first; deletion goes the other way round."""
    ordered: list[str] = []
    visiting: set[str] = set()

    def visit(logical_id: str) -> None:
        if logical_id in ordered:
            return
        if logical_id in visiting:
            raise ValueError(f"Circular dependency between resources: [{', '.join(sorted(visiting))}]")
        visiting.add(logical_id)
        for mentioned in sorted(_mentions(resources[logical_id]) & set(resources)):
            visit(mentioned)
        visiting.discard(logical_id)
        ordered.append(logical_id)

    for logical_id in resources:
        visit(logical_id)
    return ordered


def _mentions(resource: dict) -> set[str]:
    depends = resource.get("DependsOn", [])
    return set([depends] if isinstance(depends, str) else depends) | _references(resource.get("Properties", {}))


def _references(value) -> set[str]:
    if isinstance(value, list):
        return set().union(*(_references(element) for element in value)) if value else set()
    if not isinstance(value, dict):
        return set()
    found: set[str] = set()
    for key, inner in value.items():
        if key == "Ref":
            found.add(inner)
        elif key == "Fn::GetAtt":
            found.add(inner.split(".")[0] if isinstance(inner, str) else inner[0])
        elif key == "Fn::Sub":
            text = inner if isinstance(inner, str) else inner[0]
            found |= set(_SUBSTITUTION.findall(text))
            found |= _references(inner[1]) if isinstance(inner, list) else set()
        else:
            found |= _references(inner)
    return found
