"""What a stack of CloudFormation has made, and how it is brought to what a template says.

- moto reads the template: parameters, conditions, functions. What that comes to is compared with what was made, and what
  differs is made or changed, in the order of references and DependsOn; then what is no longer wanted is removed, the
  latest first.
- Each type is made by calls of the API, as cloudformation_types says; another type is refused.
- What cannot be changed is made anew, under another name; under the same it is refused, as on AWS.
- Parameters must be as the template says, and its rules hold.
"""

import contextlib
import copy
import re

from botocore.exceptions import ClientError
from cloudformation_kind import Caller, Refused
from cloudformation_types import KINDS
from moto.cloudformation import models, parsing
from moto.cloudformation.exceptions import ValidationError


class Resource:
    """What was made. These names are moto's."""

    def __init__(self, logical_id, wanted, properties):
        self.logical_resource_id = logical_id
        self.cf_resource_type = wanted["Type"]
        self.retained = wanted.get("DeletionPolicy") == "Retain"
        self.properties = properties
        self.physical_resource_id = f"({logical_id})"  # until it is known
        self.attributes = {}

    def with_properties(self, properties):
        changed = copy.copy(self)
        changed.properties = properties
        return changed

    def get_cfn_attribute(self, name):
        if name not in self.attributes:
            raise ValidationError(message=f"The emulator does not know {name} of {self.cf_resource_type}")
        return self.attributes[name]


class Resources(parsing.ResourceMap):
    """What a stack has made, by logical ids. While it is brought to a template, to look one up is to bring it there."""

    def __init__(self, *arguments, **named):
        self.made = {}
        self.brought = None
        self.replaced = []
        self.call = None
        self.tell = None
        super().__init__(*arguments, **named)

    @property
    def resources(self):
        return list(self.made)

    def __getitem__(self, name):
        if self.brought is not None and name in self._resource_json_map and name not in self.brought:
            self.bring(name)
        if name in self.made:
            return self.made[name]
        if name in self._resource_json_map:
            raise ValidationError(message=f"Template error: {name} is referred to, and is not made")
        return self._parsed_resources[name]

    def validate_outputs(self):
        """They are when they are resolved."""

    def wants(self, name):
        condition = self._resource_json_map.get(name, {}).get("Condition")
        return name in self._resource_json_map and (not condition or self.lazy_condition_map[condition])

    def read(self, template, parameters):
        self._template = template
        self._resource_json_map = template["Resources"]
        self.input_parameters = parameters
        self.resolved_parameters = {}
        self.load_mapping()
        self.load_parameters()
        self.load_conditions()
        self.check()

    def check(self):
        def refuse(message):
            raise ValidationError(message=message)

        slots = self._template.get("Parameters", {})
        others = sorted(set(self.input_parameters) - set(slots))
        if others:
            refuse(f"Parameters: [{', '.join(others)}] do not exist in the template")
        for name, slot in slots.items():
            value = self.resolved_parameters[name]
            if "AllowedPattern" in slot and not re.fullmatch(slot["AllowedPattern"], str(value)):
                refuse(f"Parameter {name} must match pattern {slot['AllowedPattern']}")
            if "AllowedValues" in slot and str(value) not in map(str, slot["AllowedValues"]):
                refuse(f"Parameter {name} must be one of AllowedValues: [{', '.join(map(str, slot['AllowedValues']))}]")
            if slot.get("MinValue", value) > value:
                refuse(f"Parameter {name} must be a number not less than {slot['MinValue']}")
            if slot.get("MaxValue", value) < value:
                refuse(f"Parameter {name} must be a number not greater than {slot['MaxValue']}")
        for rule in self._template.get("Rules", {}).values():
            if self.holds(rule.get("RuleCondition", True)):
                for one in rule["Assertions"]:
                    if not self.holds(one["Assert"]):
                        refuse(f"Template rule is not met: {one.get('AssertDescription', one['Assert'])}")
        kinds = {self._resource_json_map[name]["Type"] for name in filter(self.wants, self._resource_json_map)}
        others = sorted(kinds - set(KINDS))
        if others:
            refuse(f"Template format error: the emulator does not know these resource types: [{', '.join(others)}]")

    def holds(self, condition):
        return parsing.parse_condition(condition, self._parsed_resources, self.lazy_condition_map)

    def bring_all(self, template, parameters):
        self.read(template, parameters)
        self.call = Caller(self._region_name, self._account_id)
        self.brought = set()
        try:
            for name in filter(self.wants, self._resource_json_map):
                self[name]
        except Exception:
            self.put_back_replaced()
            raise
        finally:
            self.brought = None
        self.remove_all(self.replaced)
        self.replaced = []
        self.remove_all([self.made[name] for name in reversed(self.made) if not self.wants(name)])

    def put_back_replaced(self):
        while self.replaced:
            there = self.replaced.pop()
            self.remove(self.made[there.logical_resource_id])
            self.made[there.logical_resource_id] = there

    def remove_all(self, resources):
        for one in resources:
            self.remove(one)
            if self.made.get(one.logical_resource_id) is one:
                del self.made[one.logical_resource_id]

    def remove_everything(self):
        """The latest first, and all that can be."""
        left = []
        for one in [*reversed(self.made.values())]:
            try:
                self.remove_all([one])
            except Exception:  # which its event tells
                left.append(one.logical_resource_id)
        if left:
            raise Refused(f"The following resource(s) failed to delete: [{', '.join(left)}].")

    def bring(self, name):
        self.brought.add(name)
        if not self.wants(name):
            return
        wanted = self._resource_json_map[name]
        before = wanted.get("DependsOn", [])
        for other in [before] if isinstance(before, str) else before:
            self.bring_before(other)
        properties = without_nothing(parsing.clean_json(wanted.get("Properties", {}), self))
        there = self.made.get(name)
        if there is None:
            self.made[name] = self.make(name, wanted, properties)
        elif there.cf_resource_type != wanted["Type"] or KINDS[wanted["Type"]].is_replaced(there.properties, properties):
            self.replace(there, wanted, properties)
        elif there.properties != properties:
            self.made[name] = self.change(there, properties)
        self.made[name] = self.made.pop(name)  # the last: all is removed the other way round

    def bring_before(self, name):
        if name not in self.brought:
            self.bring(name)

    def replace(self, there, wanted, properties):
        name = there.logical_resource_id
        if KINDS[there.cf_resource_type].removed_first:
            self.remove_all([there])
            self.made[name] = self.make(name, wanted, properties)
        else:
            self.made[name] = self.make(name, wanted, properties, there)
            self.replaced.append(there)

    def make(self, name, wanted, properties, instead_of=None):
        kind = KINDS[wanted["Type"]]
        made = Resource(name, wanted, properties)
        with self.telling("UPDATE" if instead_of else "CREATE", made):
            called = kind.name_of(properties)
            if instead_of and called is not None and called == kind.name_of(instead_of.properties):
                raise Refused(
                    "CloudFormation cannot update a stack when a custom-named resource requires replacing. "
                    f"Rename {called} and update the stack again."
                )
            made.physical_resource_id = kind.make(self.call, properties)
            made.attributes = kind.attributes(self.call, made.physical_resource_id, properties)
        return made

    def change(self, there, properties):
        with self.telling("UPDATE", there):
            KINDS[there.cf_resource_type].update(self.call, there.physical_resource_id, there.properties, properties)
        return there.with_properties(properties)

    def remove(self, there):
        if there.retained:
            self.tell("DELETE_SKIPPED", there)
            return
        with self.telling("DELETE", there):
            try:
                KINDS[there.cf_resource_type].remove(self.call, there.physical_resource_id, there.properties)
            except ClientError as failed:
                if not re.search("NotFound|NoSuch|NonExistent", failed.response["Error"]["Code"]):
                    raise  # what somebody else has removed is gone

    @contextlib.contextmanager
    def telling(self, verb, resource):
        self.tell(f"{verb}_IN_PROGRESS", resource)
        try:
            yield
        except Exception as failed:
            self.tell(f"{verb}_FAILED", resource, str(failed))
            raise
        self.tell(f"{verb}_COMPLETE", resource)


class Planned(Resource):
    """What would be made."""

    def get_cfn_attribute(self, name):
        return f"({name} of {self.logical_resource_id})"


class Plan(Resources):
    """What would be done to the resources of a stack; nothing is."""

    def __init__(self, resources):
        self.__dict__.update(resources.__dict__)
        self.made = dict(resources.made)
        self._parsed_resources = dict(resources._parsed_resources)
        self.replaced = []
        self.changes = []

    def make(self, name, wanted, properties, instead_of=None):
        made = Planned(name, wanted, properties)
        self.add("Modify" if instead_of else "Add", made)
        return made

    def change(self, there, properties):
        self.add("Modify", there)
        return there.with_properties(properties)

    def remove(self, there):
        if not self.wants(there.logical_resource_id):
            self.add("Remove", there)

    def add(self, action, resource):
        self.changes.append(models.Change(action, resource.logical_resource_id, resource.cf_resource_type))


def without_nothing(given):
    if isinstance(given, dict):
        return {name: without_nothing(value) for name, value in given.items() if value is not None}
    if isinstance(given, list):
        return [without_nothing(value) for value in given if value is not None]
    return given
