"""Starts moto_server for the emulator: `python3 moto_launcher.py PORT` with a pipe as standard input.

- The answer to CompleteMultipartUpload gets the root element that S3 gives it; SDK v1 and pyarrow fail on moto's own.
- The emulator's own calls, known by a secret header, are not subject to IAM when moto enforces it.
- Whether a caller may do what the emulator does itself is answered, and nothing is done: a header asks for that.
- Where moto enforces IAM, it does so by who calls and what for. Its check of signatures refuses right ones (a slash in the
  query), and to most services' calls it gives no resource: then the action alone decides, and for S3 the resource, too.
- What roles ask for, while moto enforces IAM, is written to a file, if one is named: an action a line.
- Many objects are deleted by one call where each may be: moto asks whether the whole bucket may.
- What is refused only without TLS is not refused: the emulator speaks none, and stands for what does. moto heeds no condition.
- How a bucket is replicated is told as it was put, with filters and delete markers. Nothing is replicated.
- What Lake Formation was given no tags for has none: moto fails when it is asked for them.
- Columns that were tagged together can be untagged: moto keeps one list for them.
- It revokes nothing that was not granted, and says so, which Terraform waits for.
- A folder whose objects were all deleted is none: in a bucket with versions moto lists it as long as there are old ones.
- A version is deleted, and no other with it, where a bucket keeps no versions any more, too: moto deletes the object whole,
  and fails where it has a delete marker.
- A bucket of another account is nobody else's to look at.
- The configuration of a work group can be updated: its limit and its switches. moto has no such operation.
- A stack of CloudFormation has all that its template says, or it fails: see cloudformation_stacks.
- Which service a host means is found out once: moto lists its own folders for each request, and makes all others wait.
- Requests are not logged.
- How long a queue keeps messages is looked up: moto counts all messages, many times, for each that it hands out.
- Buckets and the latest versions of their objects are kept in a folder between starts, if one is named.
- The server ends when its standard input does: it cannot outlive the emulator, however that one dies.
"""

import collections
import datetime
import functools
import hashlib
import json
import os
import pathlib
import signal
import sys
import threading
import types

import xmltodict

os.environ["MOTO_S3_ALLOW_CROSSACCOUNT_ACCESS"] = "false"

import cloudformation_stacks
from moto.athena.responses import AthenaResponse
from moto.core import responses, serialize
from moto.core.utils import unix_time_millis
from moto.iam import access_control
from moto.lakeformation import exceptions as lake_exceptions
from moto.lakeformation.models import LakeFormationBackend
from moto.moto_server.werkzeug_app import DomainDispatcherApplication
from moto.s3 import exceptions, models, responses as s3_responses
from moto.server import main
from moto.sqs.models import SQSBackend
from werkzeug.exceptions import HTTPException
from werkzeug.serving import WSGIRequestHandler

SECRET_HEADER = "x-crossfoot-emulator"
PERMISSION_HEADER = "x-crossfoot-permission"
ACCOUNT = "123456789012"


def mend_multipart_answer(original):
    def mended(self, resp, result, shape, serialized_result):
        resp = original(self, resp, result, shape, serialized_result)
        if self.operation_model.name == "CompleteMultipartUpload":
            resp["body"] = resp["body"].replace("CompleteMultipartUploadResponse", "CompleteMultipartUploadResult")
        return resp

    return mended


class Permitted(HTTPException):
    code = 200
    description = "{}"


def trust_emulator(original, secret):
    def trusting(self, *arguments):
        if self.headers.get(SECRET_HEADER) != secret:
            original(self, *arguments)
        if PERMISSION_HEADER in self.headers:
            raise Permitted

    return trusting


def match_unknown_resource(original):
    def matching(self, statement_element, value):
        return (statement_element == "Resource" and value == "*") or original(self, statement_element, value)

    return matching


def write_down(original, file):
    def asked(self, resource):
        if isinstance(self._access_key, access_control.AssumedRoleAccessKey):
            with open(file, "a", encoding="utf-8") as actions:
                print(self._action, file=actions)
        original(self, resource)

    return asked


def ask_for_each_object(original):
    def asked(self, bucket_name=None, key_name=None):
        keys = [key_name]
        if key_name is None and self.is_delete_keys():
            objects = xmltodict.parse(self.body, strip_whitespace=False, force_list=["Object"])["Delete"].get("Object", [])
            keys = [one["Key"] for one in objects]
        for key in keys:
            original(self, bucket_name, key)

    return asked


def take_for_tls(original):
    def permitted(self, *arguments, **named):
        if self._statement.get("Condition") == {"Bool": {"aws:SecureTransport": "false"}}:
            return access_control.PermissionResult.NEUTRAL
        return original(self, *arguments, **named)

    return permitted


def list_what_is_there(original):
    def listed(self, bucket, *arguments, **named):
        there = {name: key for name, key in bucket.keys.items() if not isinstance(key, models.FakeDeleteMarker)}
        return original(self, types.SimpleNamespace(keys=there), *arguments, **named)

    return listed


def delete_one_version(original):
    def deleted(self, bucket_name, key_name, version_id=None, bypass=False):
        bucket = self.get_bucket(bucket_name)
        if version_id is None or bucket.versioning_status != "Suspended":
            return original(self, bucket_name, key_name, version_id=version_id, bypass=bypass)
        versions = bucket.keys.getlist(key_name) or []
        left = [version for version in versions if str(version.version_id) != str(version_id)]
        bucket.keys.setlist(key_name, left)
        if not left:
            dict.pop(bucket.keys, key_name)
        return len(left) < len(versions), {"version-id": version_id}

    return deleted


def tell_replication(self):
    self.data["Action"] = "GetBucketReplication"
    put = self.backend.get_bucket_replication(self.bucket_name)
    if not put:
        raise exceptions.ReplicationConfigurationNotFoundError(bucket_name=self.bucket_name)
    rules = []
    for rule in put["Rule"]:
        prefix = (rule.get("Filter") or {}).get("Prefix") or ""
        rules.append({**rule, "Priority": int(rule["Priority"]), "Filter": {"Prefix": prefix}})
    told = {"Role": put["Role"], "Rules": rules}
    return self.serialized(responses.ActionResult({"ReplicationConfiguration": told}))


def know_what_has_no_tags(original):
    def made(self, *arguments, **named):
        original(self, *arguments, **named)
        self.lf_database_tags = collections.defaultdict(list)
        self.lf_table_tags = collections.defaultdict(list)

    return made


def refuse_to_revoke_nothing(original):
    def revoked(self, catalog_id, principal, resource, **named):
        granted = list(self.grants[catalog_id].permissions) if catalog_id in self.grants else []
        if not any(one.principal == principal and one.resource == resource for one in granted):
            raise lake_exceptions.InvalidInput("No permissions revoked. Grantee has no permissions on the resource.")
        original(self, catalog_id, principal, resource, **named)

    return revoked


def tag_columns_apart(original):
    def added(self, *arguments, **named):
        failures = original(self, *arguments, **named)
        for column, tags in self.lf_columns_tags.items():
            self.lf_columns_tags[column] = list(tags)
        return failures

    return added


def is_kept(self, queue_name, message):
    kept_since = unix_time_millis() - self.get_queue(queue_name).message_retention_period * 1000
    return message.sent_timestamp >= kept_since


def update_work_group(self):
    group = self.athena_backend.work_groups.get(self._get_param("WorkGroup"))
    if not group:
        return self.error("WorkGroup is not found.", 400)
    updates = self._get_param("ConfigurationUpdates") or {}
    known = {"BytesScannedCutoffPerQuery", "EnforceWorkGroupConfiguration", "PublishCloudWatchMetricsEnabled"}
    if not updates or set(updates) - known:
        return self.error("The emulator updates of a work group only " + ", ".join(sorted(known)), 400)
    group.configuration.update(updates)
    return json.dumps({})


def end_with_parent(data):
    while sys.stdin.buffer.read(4096):
        pass
    if data:
        save(data)
    os.kill(os.getpid(), signal.SIGKILL)


def save(folder):
    """Writes each object to a file named by its bytes, then the index, at once: a kill leaves the old index."""
    content = folder / "content"
    content.mkdir(parents=True, exist_ok=True)
    index, kept = {}, set()
    for bucket in models.s3_backends[ACCOUNT]["aws"].buckets.values():
        objects = []
        for key in bucket.keys.values():
            if not hasattr(key, "value"):
                continue  # a delete marker
            name = hashlib.sha256(key.value).hexdigest()
            if not (content / name).exists():
                (content / (name + ".new")).write_bytes(key.value)
                (content / (name + ".new")).replace(content / name)
            kept.add(name)
            objects.append(
                {
                    "key": key.name,
                    "content": name,
                    "etag": key.etag.strip('"'),
                    "modified": key.last_modified.isoformat(),
                    "metadata": dict(key.metadata),
                }
            )
        index[bucket.name] = {"region": bucket.region_name, "objects": objects}
    (folder / "index.json.new").write_text(json.dumps(index, indent=1))
    (folder / "index.json.new").replace(folder / "index.json")
    for file in content.iterdir():
        if file.name not in kept:
            file.unlink()


def load(folder):
    if not (folder / "index.json").exists():
        return
    backend = models.s3_backends[ACCOUNT]["aws"]
    for name, bucket in json.loads((folder / "index.json").read_text()).items():
        backend.create_bucket(name, bucket["region"])
        for entry in bucket["objects"]:
            value = (folder / "content" / os.path.basename(entry["content"])).read_bytes()
            key = backend.put_object(name, entry["key"], value, etag=entry["etag"], disable_notification=True)
            key.set_metadata(entry["metadata"])
            key.last_modified = datetime.datetime.fromisoformat(entry["modified"])


for serializer in list(vars(serialize).values()):
    if isinstance(serializer, type) and "_serialized_result_to_response" in vars(serializer):
        if hasattr(serializer, "CONTENT_TYPE"):
            serializer._serialized_result_to_response = mend_multipart_answer(
                vars(serializer)["_serialized_result_to_response"]
            )

cloudformation_stacks.mend()
DomainDispatcherApplication.get_backend_for_host = functools.lru_cache(1000)(
    DomainDispatcherApplication.get_backend_for_host
)
WSGIRequestHandler.log_request = lambda *arguments: None
SQSBackend.is_message_valid_based_on_retention_period = is_kept
AthenaResponse.update_work_group = update_work_group
models.S3Backend.delete_object = delete_one_version(models.S3Backend.delete_object)
models.S3Backend.list_objects = list_what_is_there(models.S3Backend.list_objects)
s3_responses.S3Response._authenticate_and_authorize_s3_action = ask_for_each_object(
    s3_responses.S3Response._authenticate_and_authorize_s3_action
)
s3_responses.S3Response.get_bucket_replication = tell_replication
LakeFormationBackend.__init__ = know_what_has_no_tags(LakeFormationBackend.__init__)
LakeFormationBackend.add_lf_tags_to_resource = tag_columns_apart(LakeFormationBackend.add_lf_tags_to_resource)
LakeFormationBackend.revoke_permissions = refuse_to_revoke_nothing(LakeFormationBackend.revoke_permissions)

mixin = responses.ActionAuthenticatorMixin
mixin._authenticate_and_authorize_action = trust_emulator(
    mixin._authenticate_and_authorize_action, os.environ["CROSSFOOT_EMULATOR_SECRET"]
)

access_control.IAMRequestBase.check_signature = lambda request: None
if "CROSSFOOT_EMULATOR_ACTIONS" in os.environ:
    access_control.IAMRequestBase.check_action_permitted = write_down(
        access_control.IAMRequestBase.check_action_permitted, os.environ["CROSSFOOT_EMULATOR_ACTIONS"]
    )
access_control.IAMPolicyStatement._check_element_matches = match_unknown_resource(
    access_control.IAMPolicyStatement._check_element_matches
)
access_control.IAMPolicyStatement.is_action_permitted = take_for_tls(
    access_control.IAMPolicyStatement.is_action_permitted
)

data = pathlib.Path(os.environ["CROSSFOOT_EMULATOR_DATA"]) if "CROSSFOOT_EMULATOR_DATA" in os.environ else None
if data:
    load(data)
threading.Thread(target=end_with_parent, args=[data], daemon=True).start()
# Ctrl-C reaches this process as well as the emulator, which alone decides when it ends
os.setpgid(0, 0)
sys.exit(main(["-H", "127.0.0.1", "-p", sys.argv[1]]))
