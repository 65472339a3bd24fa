"""What Terraform would make of what moto cannot make, or not tell, in the same form: terraform show -json PLAN | planned.py"""

import json
import sys

from form import granted, normal
from resolved import Template

ACCOUNT, REGION = "123456789012", "us-east-1"


def tags(values):
    return [{"Key": key, "Value": value} for key, value in (values["tags"] or {}).items()]


def permissions(blocks):
    return [{"Principal": block["principal"], "Actions": block["actions"]} for block in blocks]


def data_source(values):
    (parameters,) = values["parameters"]
    yield "AWS::QuickSight::DataSource", values["data_source_id"], {
        "AwsAccountId": ACCOUNT,
        "DataSourceId": values["data_source_id"],
        "Name": values["name"],
        "Type": values["type"],
        "DataSourceParameters": {"AthenaParameters": {"WorkGroup": parameters["athena"][0]["work_group"]}},
        "Permissions": permissions(values["permission"]),
        "Tags": tags(values),
    }


def data_set(values):
    (table,) = values["physical_table_map"]
    (relational,) = table["relational_table"]
    source = f"crossfoot-{values['data_set_id'].rsplit('-', 1)[1]}"  # its ARN is known when it is there
    yield "AWS::QuickSight::DataSet", values["data_set_id"], {
        "AwsAccountId": ACCOUNT,
        "DataSetId": values["data_set_id"],
        "Name": values["name"],
        "ImportMode": values["import_mode"],
        "PhysicalTableMap": {
            table["physical_table_map_id"]: {
                "RelationalTable": {
                    "DataSourceArn": f"arn:aws:quicksight:{REGION}:{ACCOUNT}:datasource/{source}",
                    "Catalog": relational["catalog"],
                    "Schema": relational["schema"],
                    "Name": relational["name"],
                    "InputColumns": [{"Name": one["name"], "Type": one["type"]} for one in relational["input_columns"]],
                }
            }
        },
        "Permissions": permissions(values["permissions"]),
        "Tags": tags(values),
    }


def grant(values):
    for policy in values.get("lf_tag_policy", []):
        expression = [{"TagKey": one["key"], "TagValues": one["values"]} for one in policy["expression"]]
        resource = {"LFTagPolicy": {"CatalogId": ACCOUNT, "ResourceType": policy["resource_type"], "Expression": expression}}
        yield "AWS::LakeFormation::PrincipalPermissions", granted(values["principal"], resource), {
            "Principal": {"DataLakePrincipalIdentifier": values["principal"]},
            "Resource": resource,
            "Permissions": values["permissions"],
        }


def stack(values):
    for key, properties in Template(values["template_body"], values["parameters"]).stands().items():
        yield *key.split(" ", 1), properties


KINDS = {
    "aws_quicksight_data_source": data_source,
    "aws_quicksight_data_set": data_set,
    "aws_lakeformation_permissions": grant,
    "aws_cloudformation_stack": stack,
}


if __name__ == "__main__":
    changes = json.load(sys.stdin)["resource_changes"]
    print(
        normal(
            {
                f"{kind} {name}": properties
                for change in changes
                if change["type"] in KINDS and change["change"]["after"]
                for kind, name, properties in KINDS[change["type"]](change["change"]["after"])
            }
        )
    )
