"""A CloudFormation template as it would be deployed, in the same form: {"TYPE NAME": properties}.

    python3 resolved.py TEMPLATE [AWS::Region=us-east-1] [Parameter=Value …]

Reads YAML or JSON; knows Ref, Fn::Sub, Fn::GetAtt (of ARNs), Fn::If, Fn::Equals, Fn::Not, Fn::And, Fn::Or, Fn::Join, conditions
and rules. Anything else is refused: a template is never half understood.
"""

import json
import re
import sys

import yaml
from form import granted, tagged

PSEUDO = {
    "AWS::AccountId": "123456789012",
    "AWS::Partition": "aws",
    "AWS::Region": "us-east-1",
    "AWS::NoValue": None,
}
# the property that names what a type makes, by which Ref and the name in the normal form go
NAMES = {
    "AWS::S3::Bucket": "BucketName",
    "AWS::S3::BucketPolicy": "Bucket",
    "AWS::IAM::Role": "RoleName",
    "AWS::Logs::LogGroup": "LogGroupName",
    "AWS::SNS::Topic": "TopicName",
    "AWS::SNS::Subscription": "Endpoint",
    "AWS::CloudWatch::Alarm": "AlarmName",
    "AWS::SQS::Queue": "QueueName",
    "AWS::Lambda::Function": "FunctionName",
    "AWS::Lambda::EventSourceMapping": "FunctionName",
    "AWS::LakeFormation::Resource": "ResourceArn",
    "AWS::LakeFormation::Tag": "TagKey",
    "AWS::QuickSight::DataSource": "DataSourceId",
    "AWS::QuickSight::DataSet": "DataSetId",
}
# what an ARN is made of, and what a queue is called in a policy: by name here, by its address on AWS
ARNS = {
    "AWS::IAM::Role": "arn:aws:iam::{account}:role/{name}",
    "AWS::SQS::Queue": "arn:aws:sqs:{region}:{account}:{name}",
    "AWS::QuickSight::DataSource": "arn:aws:quicksight:{region}:{account}:datasource/{name}",
}


class Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # the same in C, where it was built with it, is much quicker
    pass


def short_form(loader, tag, node):
    if isinstance(node, yaml.ScalarNode):
        value = loader.construct_scalar(node)
    elif isinstance(node, yaml.SequenceNode):
        value = loader.construct_sequence(node, deep=True)
    else:
        value = loader.construct_mapping(node, deep=True)
    return {tag if tag in ("Ref", "Condition") else "Fn::" + tag: value}


Loader.add_multi_constructor("!", short_form)


class Template:
    def __init__(self, text, given):
        self.body = yaml.load(text, Loader)
        parameters = self.body.get("Parameters", {})
        unknown = set(given) - set(parameters) - {"AWS::Region"}
        if unknown:
            raise SystemExit(f"resolved.py: the template has no parameters {sorted(unknown)}")
        self.values = {**PSEUDO, "AWS::Region": given.get("AWS::Region", PSEUDO["AWS::Region"])}
        for name, parameter in parameters.items():
            value = given.get(name, parameter.get("Default"))
            self.values[name] = int(value) if parameter["Type"] == "Number" else value
        for rule in self.body.get("Rules", {}).values():
            if "RuleCondition" not in rule or self.condition(rule["RuleCondition"]):
                for one in rule["Assertions"]:
                    if not self.condition(one["Assert"]):
                        raise SystemExit(f"resolved.py: {one['AssertDescription']}")

    def stands(self):
        there = {key: one for key, one in self.body["Resources"].items() if self.is_made(one)}
        self.made = there
        return {f"{one['Type']} {self.name(one)}": self.value(one["Properties"]) for one in there.values()}

    def is_made(self, resource):
        return "Condition" not in resource or self.condition(self.body["Conditions"][resource["Condition"]])

    def name(self, resource):
        properties = resource["Properties"]
        kind = resource["Type"]
        if kind == "AWS::Glue::Database":
            return self.value(properties["DatabaseInput"]["Name"])
        if kind == "AWS::Glue::Table":
            return properties["TableInput"]["Name"]
        if kind == "AWS::LakeFormation::TagAssociation":
            return tagged(self.value(properties["Resource"]))
        if kind == "AWS::LakeFormation::PrincipalPermissions":
            principal = self.value(properties["Principal"])["DataLakePrincipalIdentifier"]
            return granted(principal, properties["Resource"])
        if kind == "AWS::SNS::TopicPolicy":
            return self.value(properties["Topics"])[0].rsplit(":", 1)[1]
        if kind == "AWS::SQS::QueuePolicy":
            return self.value(properties["Queues"])[0]
        return self.value(properties[NAMES.get(kind, "Name")])

    def condition(self, test):
        (kind, inner), = test.items()
        if kind == "Fn::Equals":
            first, second = (self.value(side) for side in inner)
            return str(first) == str(second)
        if kind == "Fn::Not":
            return not self.condition(inner[0])
        if kind == "Fn::Or":
            return any(self.condition(one) for one in inner)
        if kind == "Fn::And":
            return all(self.condition(one) for one in inner)
        if kind == "Condition":
            return self.condition(self.body["Conditions"][inner])
        raise SystemExit(f"resolved.py: cannot decide {kind}")

    def value(self, given):
        if isinstance(given, list):
            return [self.value(one) for one in given]
        if not isinstance(given, dict):
            return given
        if len(given) == 1:
            (kind, inner), = given.items()
            if kind == "Ref":
                return self.reference(inner)
            if kind == "Fn::Sub" and isinstance(inner, str):
                return re.sub(r"\$\{([\w:.]+)\}", lambda found: str(self.reference(found.group(1))), inner)
            if kind == "Fn::If":
                return self.value(inner[1] if self.condition(self.body["Conditions"][inner[0]]) else inner[2])
            if kind == "Fn::Join":
                return inner[0].join(str(self.value(one)) for one in inner[1])
            if kind == "Fn::GetAtt":
                name, attribute = inner.split(".", 1) if isinstance(inner, str) else inner
                if attribute == "Arn":
                    return self.arn(name)
            if kind.startswith("Fn::"):
                raise SystemExit(f"resolved.py: cannot resolve {kind} {inner}")
        return {key: self.value(inner) for key, inner in given.items()}

    def reference(self, name):
        if name in self.values:
            return self.values[name]
        resource = self.made[name]  # what is not made cannot be referred to
        if resource["Type"] == "AWS::SNS::Topic":
            return f"arn:aws:sns:{self.values['AWS::Region']}:{PSEUDO['AWS::AccountId']}:{self.name(resource)}"
        return self.name(resource)

    def arn(self, name):
        resource = self.made[name]
        if resource["Type"] not in ARNS:
            raise SystemExit(f"resolved.py: cannot tell the ARN of a {resource['Type']}")
        return ARNS[resource["Type"]].format(
            region=self.values["AWS::Region"], account=PSEUDO["AWS::AccountId"], name=self.name(resource)
        )


if __name__ == "__main__":
    from form import normal

    with open(sys.argv[1], encoding="utf-8") as file:
        template = Template(file.read(), dict(pair.split("=", 1) for pair in sys.argv[2:]))
    print(normal(template.stands()))
