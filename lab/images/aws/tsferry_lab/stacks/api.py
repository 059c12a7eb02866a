"""CloudFormation's calls, on the engine: in place of moto's where they change stacks or speak of change sets."""

from moto.cloudformation.exceptions import AlreadyExistsException, ValidationError
from moto.cloudformation.models import ChangeSet, CloudFormationBackend, Stack
from moto.cloudformation.responses import CloudFormationResponse
from moto.cloudformation.utils import generate_changeset_id, generate_stack_id
from moto.core.exceptions import ServiceException
from moto.core.responses import ActionResult, EmptyResult

from . import engine
from .resources import check_types


class ChangeSetNotFound(ServiceException):
    code = "ChangeSetNotFoundException"


def install() -> None:
    for call in (create_stack, create_change_set, update_stack, delete_stack):
        setattr(CloudFormationBackend, call.__name__, call)
    for call in (describe_change_set, delete_change_set, execute_change_set):
        setattr(CloudFormationResponse, call.__name__, call)
    Stack.stack_resources = property(engine.resources_of)


def create_stack(
    self,
    name,
    template,
    parameters,
    notification_arns=None,
    tags=None,
    role_arn=None,
    enable_termination_protection=False,
    **_,
) -> Stack:
    if _live(self, name):
        raise AlreadyExistsException(f"Stack [{name}] already exists")
    check_types(Stack.parse_template(template))
    stack = _new_stack(self, name, parameters, tags)
    stack.enable_termination_protection = enable_termination_protection
    engine.deploy(stack, template, parameters, tags, creating=True)
    return stack


def update_stack(self, name, template, role_arn, parameters, tags) -> Stack:
    stack = self.get_stack(name)
    check_types(Stack.parse_template(template))
    resolved = self._resolve_update_parameters(instance=stack, incoming_params=parameters)
    engine.deploy(stack, template, resolved, tags if tags is not None else stack.tags, creating=False)
    return stack


def create_change_set(
    self, stack_name, change_set_name, template, parameters, description, change_set_type, tags=None, **_
) -> tuple[str, str]:
    template_dict = Stack.parse_template(template)
    check_types(template_dict)
    stack = _live(self, stack_name)
    if change_set_type == "CREATE":
        if stack and stack.status != "REVIEW_IN_PROGRESS":
            raise ValidationError(message=f"Stack [{stack_name}] already exists and cannot be created again with CREATE")
        if not stack:
            stack = _new_stack(self, stack_name, parameters, tags)
            engine.stack_event(stack, "REVIEW_IN_PROGRESS", "User Initiated")
    elif not stack:
        raise ValidationError(message=f"Stack [{stack_name}] does not exist")
    change_set = ChangeSet(
        change_set_type=change_set_type,
        change_set_id=generate_changeset_id(change_set_name, self.region_name, self.account_id),
        change_set_name=change_set_name,
        stack=stack,
        template=template,
        parameters=parameters,
        description=description,
        tags=tags,
    )
    unchanged = (
        change_set_type == "UPDATE"
        and stack.template_dict == template_dict
        and stack.parameters == parameters
        and stack.tags == (tags or {})
    )
    if unchanged:
        change_set.status, change_set.execution_status = "FAILED", "UNAVAILABLE"
        change_set.status_reason = (
            "The submitted information didn't contain changes. "
            "Submit different information to create a change set."
        )
    else:
        change_set.status, change_set.execution_status = "CREATE_COMPLETE", "AVAILABLE"
    for replaced in _named(self, change_set_name, stack_name):
        del self.change_sets[replaced.change_set_id]
    self.change_sets[change_set.change_set_id] = change_set
    return change_set.change_set_id, stack.stack_id


def delete_stack(self, name_or_stack_id: str) -> None:
    stack = _live(self, name_or_stack_id)
    if not stack:
        return
    if stack.enable_termination_protection:
        raise ValidationError(message=f"Stack [{stack.name}] cannot be deleted while TerminationProtection is enabled")
    exports = [export.name for export in stack.exports] if stack.outputs else []
    if engine.delete(stack):
        del self.stacks[stack.stack_id]
        self.deleted_stacks[stack.stack_id] = stack
        for name in exports:
            self.exports.pop(name, None)
        for change_set in [c for c in self.change_sets.values() if c.stack is stack]:
            del self.change_sets[change_set.change_set_id]


def describe_change_set(self) -> ActionResult:
    return ActionResult(_asked(self))


def delete_change_set(self) -> EmptyResult:
    # Deleting one that is not there is no error.
    for change_set in _named(self.cloudformation_backend, self._get_param("ChangeSetName"), self._get_param("StackName")):
        del self.cloudformation_backend.change_sets[change_set.change_set_id]
    return EmptyResult()


def execute_change_set(self) -> EmptyResult:
    change_set = _asked(self)
    if change_set.execution_status != "AVAILABLE":
        raise ServiceException(
            "InvalidChangeSetStatus",
            f"ChangeSet [{change_set.change_set_id}] cannot be executed in its current status of [{change_set.status}]",
        )
    change_set.execution_status = "EXECUTE_COMPLETE"
    creating = change_set.change_set_type == "CREATE"
    engine.deploy(change_set.stack, change_set.template, change_set.parameters, change_set.tags, creating)
    return EmptyResult()


def _asked(self) -> ChangeSet:
    name = self._get_param("ChangeSetName")
    found = _named(self.cloudformation_backend, name, self._get_param("StackName"))
    if not found:
        raise ChangeSetNotFound(f"ChangeSet [{name}] does not exist")
    return found[0]


def _named(backend: CloudFormationBackend, name: str, stack_name: str | None) -> list[ChangeSet]:
    """Change sets by id, or by name and stack."""
    return [
        change_set
        for change_set in list(backend.change_sets.values())
        if change_set.change_set_id == name
        or (change_set.change_set_name == name and stack_name in (change_set.stack_name, change_set.stack_id))
    ]


def _live(backend: CloudFormationBackend, name_or_stack_id: str) -> Stack | None:
    return next((s for s in list(backend.stacks.values()) if name_or_stack_id in (s.name, s.stack_id)), None)


def _new_stack(backend: CloudFormationBackend, name: str, parameters: dict, tags) -> Stack:
    stack = Stack(
        stack_id=generate_stack_id(name, backend.region_name, backend.account_id),
        name=name,
        template={},
        parameters=parameters,
        account_id=backend.account_id,
        region_name=backend.region_name,
        tags=tags,
        cross_stack_resources=backend.exports,
    )
    backend.stacks[stack.stack_id] = stack
    return stack
