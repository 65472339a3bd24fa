"""Stacks of CloudFormation, which hold all that their templates say: moto's hold a few types, and are silent on others.

- What is made, changed or removed, and why it is not, is told by the stack's events; its state is what AWS calls it.
- What fails is taken back: all of it is as it was before.
- A change set has what would really change; without that there is nothing to execute.
"""

from cloudformation_kind import Caller
from cloudformation_resources import Plan, Resources
from moto.cloudformation import models, parsing, responses
from moto.cloudformation.exceptions import AlreadyExistsException, ValidationError

NO_CHANGES = "The submitted information didn't contain changes. Submit different information to create a change set."


class Stack(models.Stack):
    __module__ = models.__name__  # moto tells the service by it

    def _create_resource_map(self):
        resources = super()._create_resource_map()
        resources.tell = self.tell
        return resources

    def tell(self, status, resource=None, reason=None):
        """Adds an event: of the stack itself, if of no resource."""
        self.events.append(
            models.Event(
                stack_id=self.stack_id,
                stack_name=self.name,
                logical_resource_id=resource.logical_resource_id if resource else self.name,
                physical_resource_id=resource.physical_resource_id if resource else self.stack_id,
                resource_type=resource.cf_resource_type if resource else self.cloudformation_type(),
                resource_status=status,
                resource_status_reason=reason,
                resource_properties=None,
            )
        )

    def turn(self, status, reason=None):
        self.status = status
        self.stack_status_reason = reason
        self.tell(status, reason=reason)

    def plan(self, template, parameters):
        if self.status in ("ROLLBACK_COMPLETE", "ROLLBACK_FAILED", "DELETE_FAILED"):
            raise ValidationError(message=f"Stack:{self.stack_id} is in {self.status} state and can not be updated.")
        plan = Plan(self.resource_map)
        plan.bring_all(template, parameters)
        return plan.changes

    def create_resources(self):
        self.plan(self.template_dict, self.parameters)
        self.bring("CREATE", self.template, self.parameters)

    def update(self, template, role_arn=None, parameters=None, tags=None):
        if not self.plan(self.parse_template(template), parameters):
            raise ValidationError(message="No updates are to be performed.")
        self.bring("UPDATE", template, parameters)

    def bring(self, verb, template, parameters):
        """Makes what a template says, or has all as it was before."""
        before = self.template, self.parameters
        self.template, self.parameters = template, parameters
        self._parse_template()
        self.turn(f"{verb}_IN_PROGRESS", "User Initiated")
        try:
            self.resource_map.bring_all(self.template_dict, parameters)
        except Exception as failed:
            self.take_back(verb, before, str(failed))
            return
        self.description = self.template_dict.get("Description")
        self.output_map = self._create_output_map()
        self.turn(f"{verb}_COMPLETE")

    def take_back(self, verb, before, reason):
        rolled_back = "ROLLBACK" if verb == "CREATE" else "UPDATE_ROLLBACK"
        self.turn(f"{rolled_back}_IN_PROGRESS", reason)
        try:
            if verb == "CREATE":
                self.resource_map.remove_everything()
            else:
                self.template, self.parameters = before
                self._parse_template()
                self.resource_map.bring_all(self.template_dict, self.parameters)
            self.turn(f"{rolled_back}_COMPLETE", reason)
        except Exception as failed:
            self.turn(f"{rolled_back}_FAILED", str(failed))

    def delete(self):
        self.turn("DELETE_IN_PROGRESS", "User Initiated")
        self.resource_map.call = Caller(self.region_name, self.account_id)
        try:
            self.resource_map.remove_everything()
            self.turn("DELETE_COMPLETE")
        except Exception as failed:
            self.turn("DELETE_FAILED", str(failed))


class ChangeSet(models.ChangeSet):
    __module__ = models.__name__

    def diff(self):
        return self.stack.plan(self.template_dict, self.parameters)


def forget_refused(original):
    """A stack that is refused before anything is made of it is none."""

    def forget(backend, name):
        for stack in [*backend.stacks.values()]:
            if stack.name == name and stack.status in ("CREATE_PENDING", "REVIEW_IN_PROGRESS"):
                del backend.stacks[stack.stack_id]

    def made(self, **named):
        name = named.get("stack_name") or named["name"]
        if named.get("change_set_type") != "UPDATE":
            forget(self, name)
            if name in [stack.name for stack in self.stacks.values()]:
                raise AlreadyExistsException(f"Stack [{name}] already exists")
        try:
            return original(self, **named)
        except Exception:
            forget(self, name)
            raise

    return made


def tell_if_nothing_changes(original):
    def created(self, **named):
        change_set_id, stack_id = original(self, **named)
        made = self.change_sets[change_set_id]
        same = made.template_dict.get("Outputs") == made.stack.template_dict.get("Outputs")
        if made.changes or not same:
            made.status, made.execution_status, made.status_reason = "CREATE_COMPLETE", "AVAILABLE", None
        else:
            made.status, made.execution_status, made.status_reason = "FAILED", "UNAVAILABLE", NO_CHANGES
        return change_set_id, stack_id

    return created


def execute_change_set(self, change_set_name, stack_name=None):
    change_set = self.describe_change_set(change_set_name)
    stack = self.get_stack(change_set.stack_id)
    stack.bring(change_set.change_set_type, change_set.template, change_set.parameters)
    change_set.execution_status = "EXECUTE_COMPLETE"


def delete_stack(self, name_or_stack_id):
    for stack in list(self.stacks.values()):
        if name_or_stack_id in (stack.name, stack.stack_id):
            exported = [export.name for export in stack.exports]
            stack.delete()
            if stack.status == "DELETE_COMPLETE":
                self.deleted_stacks[stack.stack_id] = self.stacks.pop(stack.stack_id)
                for name in exported:
                    self.exports.pop(name, None)


def know_conditions(original):
    """moto takes !Condition for a function."""

    def constructed(loader, tag, node):
        return {"Condition": node.value} if tag == "!Condition" else original(loader, tag, node)

    return constructed


def know_attributes(original):
    """moto takes Fn::GetAtt for a list, and not for a text with a dot."""

    def cleaned(given, resources):
        if isinstance(given, dict) and isinstance(given.get("Fn::GetAtt"), str):
            given = {"Fn::GetAtt": given["Fn::GetAtt"].split(".", 1)}
        return original(given, resources)

    return cleaned


def mend():
    models.ResourceMap = Resources
    models.Stack = Stack
    models.ChangeSet = ChangeSet
    backend = models.CloudFormationBackend
    backend.create_stack = forget_refused(backend.create_stack)
    backend.create_change_set = forget_refused(tell_if_nothing_changes(backend.create_change_set))
    backend.execute_change_set = execute_change_set
    backend.delete_stack = delete_stack
    parsing.clean_json = know_attributes(parsing.clean_json)
    models.yaml_tag_constructor = responses.yaml_tag_constructor = know_conditions(models.yaml_tag_constructor)
    responses.CloudFormationResponse._validate_different_update = lambda *arguments: None
