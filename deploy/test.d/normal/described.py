"""What stands in an account, read back by AWS's API and told in CloudFormation's terms: {"TYPE NAME": properties}.

    python3 described.py            the system of the region
    python3 described.py --names    the names alone, one a line, of stand-bys, too

Buckets and roles are of no region: those of a stand-by are told from others by their names, which end in its region.
Left out: what AWS puts in by itself, and fields that are empty.
"""

import json
import os
import re
import sys
import urllib.parse

import boto3
from botocore.exceptions import ClientError
from form import granted, normal, tagged

HOME_REGION = "us-east-1"
NONE_SUCH = ("NoSuch", "ServerSideEncryptionConfigurationNotFound", "ReplicationConfigurationNotFound")


def pick(source, *names):
    return {name: source[name] for name in names if source.get(name) not in (None, "", [], {})}


def optional(call, **arguments):
    """The answer, or nothing where AWS says that there is none."""
    try:
        return call(**arguments)
    except ClientError as error:
        if error.response["Error"]["Code"].startswith(NONE_SUCH):
            return {}
        raise


def all_of(client, operation, key, **arguments):
    return [found for page in client.get_paginator(operation).paginate(**arguments) for found in page.get(key, [])]


def is_here(name):
    ends_in = re.search(r"-([a-z]{2}-[a-z]+-[0-9])$", name)
    return "--names" in sys.argv or (ends_in.group(1) if ends_in else HOME_REGION) == os.environ["AWS_REGION"]


def pairs(tags):
    return sorted(({"Key": key, "Value": value} for key, value in tags.items()), key=lambda tag: tag["Key"])


def as_document(text):
    return text if isinstance(text, dict) else json.loads(urllib.parse.unquote(text))


def lifecycle(rule):
    told = {"Id": rule["ID"], "Status": rule["Status"]}
    if rule.get("Filter", {}).get("Prefix"):
        told["Prefix"] = rule["Filter"]["Prefix"]
    if "Expiration" in rule:
        told["ExpirationInDays"] = rule["Expiration"]["Days"]
    told.update(pick(rule, "AbortIncompleteMultipartUpload"))
    if "NoncurrentVersionExpiration" in rule:
        told["NoncurrentVersionExpiration"] = pick(rule["NoncurrentVersionExpiration"], "NoncurrentDays")
    return told


def replication(answer):
    found = answer.get("ReplicationConfiguration", {})
    fields = "Priority Status Filter DeleteMarkerReplication Destination"
    rules = [{"Id": rule["ID"], **pick(rule, *fields.split())} for rule in found.get("Rules", [])]
    return {**pick(found, "Role"), "Rules": rules}


def buckets():
    s3 = boto3.client("s3")
    for name in filter(is_here, [bucket["Name"] for bucket in s3.list_buckets()["Buckets"]]):
        encryption = optional(s3.get_bucket_encryption, Bucket=name).get("ServerSideEncryptionConfiguration", {})
        properties = {
            "BucketName": name,
            "BucketEncryption": {
                "ServerSideEncryptionConfiguration": [
                    {"ServerSideEncryptionByDefault": rule["ApplyServerSideEncryptionByDefault"]}
                    for rule in encryption.get("Rules", [])
                ]
            },
            "VersioningConfiguration": pick(s3.get_bucket_versioning(Bucket=name), "Status"),
            "PublicAccessBlockConfiguration": optional(s3.get_public_access_block, Bucket=name).get(
                "PublicAccessBlockConfiguration", {}
            ),
            "LifecycleConfiguration": {
                "Rules": [
                    lifecycle(rule) for rule in optional(s3.get_bucket_lifecycle_configuration, Bucket=name).get("Rules", [])
                ]
            },
            "ReplicationConfiguration": replication(optional(s3.get_bucket_replication, Bucket=name)),
            "Tags": optional(s3.get_bucket_tagging, Bucket=name).get("TagSet", []),
        }
        yield "AWS::S3::Bucket", name, properties
        policy = optional(s3.get_bucket_policy, Bucket=name)
        if policy:
            yield "AWS::S3::BucketPolicy", name, {"Bucket": name, "PolicyDocument": json.loads(policy["Policy"])}


def roles():
    iam = boto3.client("iam")
    for role in all_of(iam, "list_roles", "Roles"):
        name = role["RoleName"]
        if not is_here(name):
            continue
        policies = all_of(iam, "list_role_policies", "PolicyNames", RoleName=name)
        managed = all_of(iam, "list_attached_role_policies", "AttachedPolicies", RoleName=name)
        yield "AWS::IAM::Role", name, {
            "RoleName": name,
            **pick(role, "Description"),
            "AssumeRolePolicyDocument": as_document(role["AssumeRolePolicyDocument"]),
            "Policies": [
                {
                    "PolicyName": policy,
                    "PolicyDocument": as_document(
                        iam.get_role_policy(RoleName=name, PolicyName=policy)["PolicyDocument"]
                    ),
                }
                for policy in policies
            ],
            "ManagedPolicyArns": [policy["PolicyArn"] for policy in managed],
            "Tags": iam.list_role_tags(RoleName=name)["Tags"],
        }


def glue():
    client = boto3.client("glue")
    account = boto3.client("sts").get_caller_identity()["Account"]

    def tags(kind, name):
        arn = f"arn:aws:glue:{client.meta.region_name}:{account}:{kind}/{name}"
        return client.get_tags(ResourceArn=arn)["Tags"]

    for database in all_of(client, "get_databases", "DatabaseList"):
        given = pick(database, "Name", "Description")
        if database.get("CreateTableDefaultPermissions") == []:
            given["CreateTableDefaultPermissions"] = []
        yield "AWS::Glue::Database", database["Name"], {"CatalogId": account, "DatabaseInput": given}
    for crawler in all_of(client, "get_crawlers", "Crawlers"):
        targets = {"S3Targets": [pick(target, "Path") for target in crawler["Targets"]["S3Targets"]]}
        yield "AWS::Glue::Crawler", crawler["Name"], {
            **pick(crawler, "Name", "Description", "Role", "DatabaseName", "SchemaChangePolicy", "RecrawlPolicy"),
            "Targets": targets,
            "Tags": tags("crawler", crawler["Name"]),
        }
    for job in all_of(client, "get_jobs", "Jobs"):
        fields = (
            "Name Description Role GlueVersion WorkerType NumberOfWorkers ExecutionClass Timeout MaxRetries"
            " JobRunQueuingEnabled ExecutionProperty DefaultArguments NonOverridableArguments Connections"
        )
        yield "AWS::Glue::Job", job["Name"], {
            **pick(job, *fields.split()),
            "Command": pick(job["Command"], "Name", "ScriptLocation", "PythonVersion"),
            "Tags": tags("job", job["Name"]),
        }
    for ruleset in client.list_data_quality_rulesets()["Rulesets"]:
        found = client.get_data_quality_ruleset(Name=ruleset["Name"])
        yield "AWS::Glue::DataQualityRuleset", ruleset["Name"], {
            **pick(found, "Name", "Description", "Ruleset"),
            "TargetTable": pick(found.get("TargetTable", {}), "DatabaseName", "TableName"),
            "Tags": tags("dataQualityRuleset", ruleset["Name"]),
        }
    for name in all_of(client, "list_workflows", "Workflows"):
        workflow = client.get_workflow(Name=name)["Workflow"]
        yield "AWS::Glue::Workflow", name, {
            **pick(workflow, "Name", "Description", "MaxConcurrentRuns", "DefaultRunProperties"),
            "Tags": tags("workflow", name),
        }
    for trigger in all_of(client, "get_triggers", "Triggers"):
        told = pick(trigger, "Name", "WorkflowName", "Type", "Schedule", "Actions", "EventBatchingCondition", "Predicate")
        if trigger.get("State") == "ACTIVATED" and trigger["Type"] in ("CONDITIONAL", "SCHEDULED"):
            told["StartOnCreation"] = True
        yield "AWS::Glue::Trigger", trigger["Name"], {**told, "Tags": tags("trigger", trigger["Name"])}


def tables():
    """The output's alone: the others are the crawlers'."""
    client = boto3.client("glue")
    for database in all_of(client, "get_databases", "DatabaseList"):
        for table in all_of(client, "get_tables", "TableList", DatabaseName=database["Name"]):
            if table["Name"] == "enriched_sales":
                storage = pick(table["StorageDescriptor"], "Columns", "InputFormat", "Location", "OutputFormat", "SerdeInfo")
                given = pick(table, "Name", "Description", "TableType", "Parameters")
                yield "AWS::Glue::Table", table["Name"], {
                    "CatalogId": table["CatalogId"],
                    "DatabaseName": database["Name"],
                    "TableInput": {**given, "StorageDescriptor": storage},
                }


def lake_formation():
    client = boto3.client("lakeformation")
    account = boto3.client("sts").get_caller_identity()["Account"]
    for found in client.list_resources()["ResourceInfoList"]:
        # the role linked to the service has no path of its own in moto
        yield "AWS::LakeFormation::Resource", found["ResourceArn"], {"ResourceArn": found["ResourceArn"]}
    for tag in client.list_lf_tags()["LFTags"]:
        yield "AWS::LakeFormation::Tag", tag["TagKey"], pick(tag, "TagKey", "TagValues")
    for grant in client.list_permissions()["PrincipalResourcePermissions"]:
        principal = grant["Principal"]["DataLakePrincipalIdentifier"]
        for what in grant["Resource"].values():
            what.setdefault("CatalogId", account)  # as it is when not told
        yield "AWS::LakeFormation::PrincipalPermissions", granted(principal, grant["Resource"]), grant
    for _, name, table in tables():
        resource = {"CatalogId": table["CatalogId"], "DatabaseName": table["DatabaseName"], "Name": name}
        for kind, whole in (("Table", resource), ("TableWithColumns", {**resource, "ColumnNames": ["name", "email"]})):
            found = client.get_resource_lf_tags(Resource={kind: whole}, ShowAssignedLFTags=True)
            if kind == "Table":
                put = found.get("LFTagsOnTable", [])
            else:
                put = next((column["LFTags"] for column in found.get("LFTagsOnColumns", [])), [])
            if put:
                yield "AWS::LakeFormation::TagAssociation", tagged({kind: whole}), {"Resource": {kind: whole}, "LFTags": put}


def databrew():
    client = boto3.client("databrew")
    for dataset in client.list_datasets()["Datasets"]:
        yield "AWS::DataBrew::Dataset", dataset["Name"], {**pick(dataset, "Name", "Input"), "Tags": pairs(dataset["Tags"])}
    for name in [ruleset["Name"] for ruleset in client.list_rulesets()["Rulesets"]]:
        ruleset = client.describe_ruleset(Name=name)
        rules = [
            {**rule, "SubstitutionMap": [{"ValueReference": key, "Value": value} for key, value in rule["SubstitutionMap"].items()]}
            for rule in ruleset["Rules"]
        ]
        yield "AWS::DataBrew::Ruleset", name, {
            **pick(ruleset, "Name", "Description", "TargetArn"),
            "Rules": rules,
            "Tags": pairs(ruleset["Tags"]),
        }
    for name in [job["Name"] for job in client.list_jobs()["Jobs"]]:
        job = client.describe_job(Name=name)
        fields = "Name Type DatasetName RoleArn MaxCapacity MaxRetries ValidationConfigurations"
        yield "AWS::DataBrew::Job", name, {
            **pick(job, *fields.split()),
            "Tags": pairs(job["Tags"]),
        }


def quick_sight():
    client = boto3.client("quicksight")
    account = boto3.client("sts").get_caller_identity()["Account"]
    for source in client.list_data_sources(AwsAccountId=account)["DataSources"]:
        yield "AWS::QuickSight::DataSource", source["DataSourceId"], {
            "AwsAccountId": account,
            **pick(source, "DataSourceId", "Name", "Type", "DataSourceParameters"),
            "Tags": client.list_tags_for_resource(ResourceArn=source["Arn"])["Tags"],
        }


def athena():
    client = boto3.client("athena")
    for name in [group["Name"] for group in client.list_work_groups()["WorkGroups"]]:
        if name == "primary":
            continue
        group = client.get_work_group(WorkGroup=name)["WorkGroup"]
        arn = f"arn:aws:athena:{client.meta.region_name}:{boto3.client('sts').get_caller_identity()['Account']}:workgroup/{name}"
        configuration = dict(group["Configuration"])
        configuration.pop("EngineVersion", None)
        yield "AWS::Athena::WorkGroup", name, {
            **pick(group, "Name", "Description", "State"),
            "WorkGroupConfiguration": configuration,
            "Tags": client.list_tags_for_resource(ResourceARN=arn)["Tags"],
        }
        for query in client.list_named_queries(WorkGroup=name)["NamedQueryIds"]:
            found = client.get_named_query(NamedQueryId=query)["NamedQuery"]
            yield "AWS::Athena::NamedQuery", found["Name"], pick(
                found, "Name", "Description", "Database", "QueryString", "WorkGroup"
            )


def arrivals():
    sqs = boto3.client("sqs")
    for url in sqs.list_queues().get("QueueUrls", []):
        found = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["All"])["Attributes"]
        name = found["QueueArn"].rsplit(":", 1)[1]
        told = {"QueueName": name, "SqsManagedSseEnabled": found.get("SqsManagedSseEnabled") == "true"}
        for field in ("VisibilityTimeout", "MessageRetentionPeriod"):
            told[field] = int(found[field])
        if "RedrivePolicy" in found:
            redrive = json.loads(found["RedrivePolicy"])
            told["RedrivePolicy"] = {**redrive, "maxReceiveCount": int(redrive["maxReceiveCount"])}
        yield "AWS::SQS::Queue", name, {**told, "Tags": pairs(sqs.list_queue_tags(QueueUrl=url).get("Tags", {}))}
        if found.get("Policy"):
            yield "AWS::SQS::QueuePolicy", name, {"Queues": [name], "PolicyDocument": json.loads(found["Policy"])}
    functions = boto3.client("lambda")
    for function in functions.list_functions()["Functions"]:
        name = function["FunctionName"]
        fields = "FunctionName Description Runtime Architectures Handler Role MemorySize Timeout"
        yield "AWS::Lambda::Function", name, {
            **pick(function, *fields.split()),
            "Environment": pick(function["Environment"], "Variables"),
            "Tags": pairs(functions.list_tags(Resource=function["FunctionArn"])["Tags"]),
        }
    for mapping in functions.list_event_source_mappings()["EventSourceMappings"]:
        name = mapping["FunctionArn"].split(":")[6]
        fields = "EventSourceArn BatchSize MaximumBatchingWindowInSeconds FunctionResponseTypes"
        yield "AWS::Lambda::EventSourceMapping", name, {"FunctionName": name, **pick(mapping, *fields.split())}


def watched():
    sns = boto3.client("sns")
    for topic in [found["TopicArn"] for found in sns.list_topics()["Topics"]]:
        name = topic.rsplit(":", 1)[1]
        tags = sns.list_tags_for_resource(ResourceArn=topic)["Tags"]
        yield "AWS::SNS::Topic", name, {"TopicName": name, "Tags": tags}
        policy = json.loads(sns.get_topic_attributes(TopicArn=topic)["Attributes"]["Policy"])
        yield "AWS::SNS::TopicPolicy", name, {"Topics": [topic], "PolicyDocument": policy}
        for found in sns.list_subscriptions_by_topic(TopicArn=topic)["Subscriptions"]:
            yield "AWS::SNS::Subscription", found["Endpoint"], pick(found, "TopicArn", "Protocol", "Endpoint")
    events = boto3.client("events")
    for rule in events.list_rules()["Rules"]:
        targets = [pick(target, "Id", "Arn", "RoleArn") for target in events.list_targets_by_rule(Rule=rule["Name"])["Targets"]]
        yield "AWS::Events::Rule", rule["Name"], {
            **pick(rule, "Name", "Description", "State"),
            "EventPattern": json.loads(rule["EventPattern"]),
            "Targets": targets,
        }
    cloudwatch = boto3.client("cloudwatch")
    for alarm in cloudwatch.describe_alarms()["MetricAlarms"]:
        fields = (
            "AlarmName AlarmDescription Namespace MetricName Dimensions Statistic Period EvaluationPeriods"
            " ComparisonOperator TreatMissingData AlarmActions"
        )
        yield "AWS::CloudWatch::Alarm", alarm["AlarmName"], {
            **pick(alarm, *fields.split()),
            "Threshold": alarm["Threshold"],
            "ActionsEnabled": alarm["ActionsEnabled"],
            "Tags": cloudwatch.list_tags_for_resource(ResourceARN=alarm["AlarmArn"])["Tags"],
        }
    logs = boto3.client("logs")
    for group in logs.describe_log_groups()["logGroups"]:
        name = group["logGroupName"]
        if name.startswith("/aws-glue/crawlers"):
            continue  # AWS's own, made by the first crawl
        yield "AWS::Logs::LogGroup", name, {
            "LogGroupName": name,
            "RetentionInDays": group.get("retentionInDays"),
            "Tags": pairs(logs.list_tags_log_group(logGroupName=name)["tags"]),
        }


if __name__ == "__main__":
    stands = {
        f"{kind} {name}": properties
        for source in (buckets, roles, glue, tables, lake_formation, databrew, quick_sight, athena, arrivals, watched)
        for kind, name, properties in source()
    }
    if "--names" in sys.argv:
        print("\n".join(sorted(stands)))
    else:
        print(normal(stands))
