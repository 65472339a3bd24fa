"""What no flavour may do, looked for in the normal form: python3 policies.py FILE. Prints what is wrong; exit code 1 then."""

import json
import sys

WITHOUT_RESOURCES = {"cloudwatch:PutMetricData"}  # actions that AWS binds to no resource; a condition must


def some(value):
    return value if isinstance(value, list) else [value]


def wrongs(stands):
    for key, properties in stands.items():
        kind, name = key.split(" ", 1)
        if kind == "AWS::S3::Bucket":
            if not properties.get("BucketEncryption"):
                yield f"{name} is not encrypted"
            if list(properties.get("PublicAccessBlockConfiguration", {}).values()) != [True] * 4:
                yield f"{name} may be made public"
            if f"AWS::S3::BucketPolicy {name}" not in stands:
                yield f"{name} can be reached without TLS"
        if kind == "AWS::SQS::Queue":
            if not properties.get("SqsManagedSseEnabled"):
                yield f"{name} is not encrypted"
            if f"AWS::SQS::QueuePolicy {name}" not in stands:
                yield f"{name} can be reached without TLS"
        if kind == "AWS::IAM::Role":
            if properties.get("ManagedPolicyArns"):
                yield f"{name} has managed policies, which grant more than is needed"
            for policy in properties["Policies"]:
                for statement in policy["PolicyDocument"]["Statement"]:
                    actions = set(some(statement["Action"]))
                    if any("*" in action for action in actions):
                        yield f"{name} may {sorted(actions)}: name the actions"
                    bound = actions <= WITHOUT_RESOURCES and "Condition" in statement
                    if "*" in some(statement["Resource"]) and not bound:
                        yield f"{name} may {sorted(actions)} on everything: name the resources"
        if kind == "AWS::Athena::WorkGroup":
            results = properties["WorkGroupConfiguration"]["ResultConfiguration"]
            if "EncryptionConfiguration" not in results:
                yield f"results of {name} are not encrypted"


if __name__ == "__main__":
    with open(sys.argv[1], encoding="utf-8") as file:
        found = list(wrongs(json.load(file)))
    print("\n".join(found))
    sys.exit(bool(found))
