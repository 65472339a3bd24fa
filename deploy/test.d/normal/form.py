"""The normal form: JSON with sorted keys, in which what means the same is the same text. Of standard input: form.py"""

import json
import sys

# lists whose order means nothing
SETS = {"Action", "Resource", "Service", "Tags", "Policies", "ManagedPolicyArns", "Targets", "Rules", "state", "crawlerName", "Permissions", "Actions", "TagValues"}
# what AWS takes as true or false, or as its default, when it is not said
DEFAULTS = {
    "StartOnCreation": False,
    "ActionsEnabled": True,
    "BucketKeyEnabled": False,
    "EnableMinimumEncryptionConfiguration": False,
    "RequesterPaysEnabled": False,
    "MaxRetries": 0,
    "MessageRetentionPeriod": 345600,
    "VisibilityTimeout": 30,
    "RecursiveDeleteOption": True,  # of a deletion; no field of what stands
    "NotificationConfiguration": {"EventBridgeConfiguration": {"EventBridgeEnabled": True}},  # moto does not tell it
}
# what moto keeps but does not tell, so that it cannot be compared
UNTOLD = {
    ("AWS::Glue::Workflow", "Tags"),
    ("AWS::Glue::DataQualityRuleset", "Tags"),
    ("AWS::Lambda::Function", "Code"),
    ("AWS::DataBrew::Job", "OutputLocation"),
    ("AWS::DataBrew::Job", "Timeout"),
    ("AWS::LakeFormation::Resource", "UseServiceLinkedRole"),
    ("AWS::QuickSight::DataSource", "Permissions"),
}


def granted(principal, resource):
    """Names a grant of Lake Formation: who may do something to what."""
    return f"{principal.rsplit('/', 1)[1]} {', '.join(resource)}"


def tagged(resource):
    """Names what a tag of Lake Formation was put on."""
    (what,) = resource.values()
    return ".".join([what["Name"], *what.get("ColumnNames", [])])


def normal(stands):
    """Returns {"TYPE NAME": properties} as text."""
    told = {}
    for key, properties in stands.items():
        kind = key.split(" ")[0]
        told[key] = simple({name: value for name, value in properties.items() if (kind, name) not in UNTOLD})
    return json.dumps(told, indent=1, sort_keys=True)


def simple(value, name=""):
    if isinstance(value, dict):
        told = {key: simple(inner, key) for key, inner in value.items()}
        return {
            key: inner
            for key, inner in told.items()
            if (inner not in (None, "", [], {}) or key == "CreateTableDefaultPermissions" and inner == []) and not (key in DEFAULTS and DEFAULTS[key] == inner)
        }
    if isinstance(value, list):
        told = [simple(inner) for inner in value if inner is not None]
        if name in ("Action", "Resource", "Service") and len(told) == 1:
            return told[0]
        return sorted(told, key=lambda one: json.dumps(one, sort_keys=True)) if name in SETS else told
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


if __name__ == "__main__":
    print(normal(json.load(sys.stdin)))
