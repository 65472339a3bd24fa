"""How a type of CloudFormation is made, changed and removed: by calls of the API."""

import dataclasses
import json
import re
import typing

import boto3
import flask


class Refused(Exception):
    """What the emulator does not do."""


class Caller:
    """Calls the API where the request that is being answered came in, as who sent it."""

    def __init__(self, region, account):
        self.region = region
        self.account = account
        self.address = flask.request.host_url
        signed = re.search("Credential=([^/]+)/", flask.request.headers.get("Authorization", ""))
        self.key = signed.group(1) if signed else "unknown"
        self.token = flask.request.headers.get("X-Amz-Security-Token")
        self.clients = {}

    def __call__(self, service, operation, **given):
        if service not in self.clients:
            self.clients[service] = boto3.client(
                service,
                region_name=self.region,
                endpoint_url=self.address,
                aws_access_key_id=self.key,
                aws_secret_access_key="any",  # no signature is checked
                aws_session_token=self.token,
            )
        answer = getattr(self.clients[service], operation)(**given)
        failed = answer.get("Failures") or answer.get("FailedEntries")
        if failed:
            raise Refused(f"{operation} failed: {failed}")
        return answer

    def arn(self, service, name):
        return f"arn:aws:{service}:{self.region}:{self.account}:{name}"


@dataclasses.dataclass
class Kind:
    """A type. Lists of properties are words with a space between."""

    service: str
    create: str  # the operation
    delete: str
    by: typing.Any  # the parameter of deletion that takes the physical id, or what makes its input of the properties
    name: typing.Any = None  # the property that names it, or what finds it; None if AWS does
    into: typing.Callable = dict  # the input of the creation
    where: typing.Callable = lambda region: {}  # what else is in it
    answer: str = ""  # the field of the creation's answer that is the physical id; else that is the name
    finish: typing.Callable = None  # (call, physical id, properties): what follows its creation
    change: typing.Callable = None  # (call, physical id, properties as they were, properties)
    clear: typing.Callable = None  # (call, physical id, properties): what precedes its deletion
    stands: typing.Callable = None  # (call, name): whether there is one, where the API refuses no second
    attributes: typing.Callable = lambda call, physical, given: {}
    knows: str = ""  # its properties, if they are not just handed to the API, which refuses others
    fixed: str = ""  # what is changed by making another
    kept: str = "Tags"  # what is not changed here
    removed_first: bool = False  # where another is made

    def name_of(self, given):
        return given.get(self.name) if isinstance(self.name, str) else self.name and self.name(given)

    def make(self, call, given):
        self.refuse_others(given)
        if self.stands and self.stands(call, self.name_of(given)):
            raise Refused(f"{self.name_of(given)} already exists")
        answer = call(self.service, self.create, **self.into(given), **self.where(call.region))
        physical = answer[self.answer] if self.answer else self.name_of(given) or json.dumps(given, sort_keys=True)
        try:
            if self.finish:
                self.finish(call, physical, given)
        except Exception:
            self.remove(call, physical, given)
            raise
        return physical

    def update(self, call, physical, old, new):
        self.refuse_others(new)
        kept = changed(old, new, self.kept.split())
        if kept or not self.change:
            raise Refused(f"The emulator cannot change {', '.join(kept) or 'it'}")
        self.change(call, physical, old, new)

    def remove(self, call, physical, given):
        if self.clear:
            self.clear(call, physical, given)
        known_by = {self.by: physical} if isinstance(self.by, str) else self.by(given)
        call(self.service, self.delete, **known_by)

    def is_replaced(self, old, new):
        return self.name_of(old) != self.name_of(new) or bool(changed(old, new, self.fixed.split()))

    def refuse_others(self, given):
        others = set(given) - set(self.knows.split() or given)
        if others:
            raise Refused(f"The emulator does not know {', '.join(sorted(others))}")


def changed(old, new, names):
    return [name for name in names if old.get(name) != new.get(name)]


def without(given, *names):
    return {name: value for name, value in given.items() if name not in names}
