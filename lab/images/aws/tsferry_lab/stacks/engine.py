"""Creates, updates and deletes stacks, resource after resource, with the events that CloudFormation writes.

A failed creation is rolled back. A failed update removes what it added and leaves what it changed as it is, which AWS
would restore. All this happens within the request, while on AWS it goes on after it; the states seen are the same.
"""

import threading

from botocore.exceptions import ClientError
from moto.cloudformation.models import Event, OutputMap, Stack

from .order import creation_order
from .provider import Aws
from .resources import StackResources

_LOCK = threading.RLock()


def deploy(stack: Stack, template: str, parameters: dict, tags: dict, creating: bool) -> None:
    """Makes the stack what the template says; a failure shows in the stack's status and events."""
    verb = "CREATE" if creating else "UPDATE"
    with _LOCK:
        before = {r.logical_resource_id: r for r in resources_of(stack)}
        stack.template, stack.parameters, stack.tags = template, parameters, tags or {}
        stack._parse_template()
        stack.description = stack.template_dict.get("Description")
        stack_event(stack, f"{verb}_IN_PROGRESS", "User Initiated")
        stack.resource_map = _resources(stack)
        for logical_id, resource in before.items():
            stack.resource_map.put(logical_id, resource)
        added: list = []
        try:
            for logical_id in creation_order(stack.template_dict["Resources"]):
                if stack.resource_map.wanted(logical_id):
                    _ensure(stack, logical_id, before.get(logical_id), added)
            outputs = OutputMap(stack.resource_map, stack.template_dict, stack.stack_id)
            list(outputs.values())
        except Exception as failure:
            _roll_back(stack, added, before, creating, failure)
            return
        stack.output_map = outputs
        gone = [r for logical_id, r in before.items() if not _still_wanted(stack, logical_id)]
        _delete_all(stack, gone[::-1])
        stack_event(stack, f"{verb}_COMPLETE")


def delete(stack: Stack) -> bool:
    """Deletes what the stack has, dependants first; false, and DELETE_FAILED, if something did not go."""
    with _LOCK:
        stack_event(stack, "DELETE_IN_PROGRESS", "User Initiated")
        present = {r.logical_resource_id: r for r in resources_of(stack)}
        order = creation_order(stack.template_dict["Resources"]) if present else []
        failed = _delete_all(stack, [present[logical_id] for logical_id in order[::-1] if logical_id in present])
        if failed:
            reason = f"The following resource(s) failed to delete: [{', '.join(failed)}]. "
            stack_event(stack, "DELETE_FAILED", reason)
            return False
        stack_event(stack, "DELETE_COMPLETE")
        return True


def resources_of(stack: Stack) -> list:
    resources = stack.resource_map
    return resources.present() if isinstance(resources, StackResources) else []


def stack_event(stack: Stack, status: str, reason: str | None = None) -> None:
    stack._add_stack_event(status, reason)
    stack.status = status
    stack.stack_status_reason = reason


def _resources(stack: Stack) -> StackResources:
    resources = StackResources(
        stack.stack_id,
        stack.name,
        stack.parameters,
        stack.tags,
        account_id=stack.account_id,
        region_name=stack.region_name,
        template=stack.template_dict,
        cross_stack_resources=stack.cross_stack_resources,
    )
    resources.load()
    return resources


def _still_wanted(stack: Stack, logical_id: str) -> bool:
    return logical_id in stack.template_dict["Resources"] and stack.resource_map.wanted(logical_id)


def _ensure(stack: Stack, logical_id: str, existing, added: list) -> None:
    """Creates the resource, or changes the one that is there."""
    resource_type = stack.template_dict["Resources"][logical_id]["Type"]
    verb = "UPDATE" if existing else "CREATE"
    if not existing:
        _event(stack, logical_id, "", resource_type, "CREATE_IN_PROGRESS")
    try:
        if existing:
            if not stack.resource_map.update(logical_id, existing, stack.tags):
                return
            resource = existing
        else:
            resource = stack.resource_map.create(logical_id, stack.tags)
            stack.resource_map.put(logical_id, resource)
            added.append(resource)
    except Exception as failure:
        physical_id = existing.physical_resource_id if existing else ""
        _event(stack, logical_id, physical_id, resource_type, f"{verb}_FAILED", _reason(failure))
        raise
    _event(stack, logical_id, resource.physical_resource_id, resource_type, f"{verb}_COMPLETE")


def _roll_back(stack: Stack, added: list, before: dict, creating: bool, failure: Exception) -> None:
    prefix = "" if creating else "UPDATE_"
    stack_event(stack, f"{prefix}ROLLBACK_IN_PROGRESS", _reason(failure))
    failed = _delete_all(stack, added[::-1])
    if creating:
        stack.output_map = OutputMap(stack.resource_map, {}, stack.stack_id)
    stack_event(stack, f"{prefix}ROLLBACK_FAILED" if failed else f"{prefix}ROLLBACK_COMPLETE", _reason(failure))


def _delete_all(stack: Stack, resources: list) -> list[str]:
    """Deletes in this order; answers with the logical ids of those that did not go."""
    aws = Aws(stack.region_name)
    failed = []
    for resource in resources:
        logical_id, physical_id = resource.logical_resource_id, resource.physical_resource_id
        resource_type = resource.cf_resource_type
        policy = stack.template_dict["Resources"].get(logical_id, {}).get("DeletionPolicy")
        if policy and policy.startswith("Retain"):
            _event(stack, logical_id, physical_id, resource_type, "DELETE_SKIPPED")
            stack.resource_map.put(logical_id, None)
            continue
        _event(stack, logical_id, physical_id, resource_type, "DELETE_IN_PROGRESS")
        try:
            stack.resource_map.delete(logical_id, resource, aws)
        except Exception as failure:
            _event(stack, logical_id, physical_id, resource_type, "DELETE_FAILED", _reason(failure))
            failed.append(logical_id)
            continue
        stack.resource_map.put(logical_id, None)
        _event(stack, logical_id, physical_id, resource_type, "DELETE_COMPLETE")
    return failed


def _event(stack: Stack, logical_id: str, physical_id: str, resource_type: str, status: str, reason=None) -> None:
    stack.events.append(
        Event(
            stack_id=stack.stack_id,
            stack_name=stack.name,
            logical_resource_id=logical_id,
            physical_resource_id=physical_id,
            resource_type=resource_type,
            resource_status=status,
            resource_status_reason=reason,
            resource_properties=None,
        )
    )


def _reason(failure: Exception) -> str:
    if isinstance(failure, ClientError):
        error = failure.response["Error"]
        return f"{error['Message']} ({failure.operation_name}: {error['Code']})"
    return str(failure) or repr(failure)
