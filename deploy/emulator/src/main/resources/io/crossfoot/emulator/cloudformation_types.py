"""The types of CloudFormation that the emulator makes, each as a row of KINDS. What has none is refused.

What a call of the API takes is most often what the template says; where it is not, a function here turns it into that.
"""

import json

from cloudformation_kind import Kind, Refused, changed, without


def as_fields(tags):
    return {tag["Key"]: tag["Value"] for tag in tags}


def with_fields(given):
    return {**given, "Tags": as_fields(given.get("Tags", []))}


def calling(service, operation, into=lambda given: without(given, "Tags")):
    """A change by an operation that is told all."""
    return lambda call, physical, old, new: call(service, operation, **into(new))


def glue(noun, known_by="Name", update=lambda given: without(given, "Tags"), **more):
    """A type of Glue: the properties are what its operations take."""
    change = calling("glue", f"update_{noun}", update)
    return Kind("glue", f"create_{noun}", f"delete_{noun}", known_by, **{"name": "Name", "change": change, **more})


# ---- S3


def location(region):
    return {} if region == "us-east-1" else {"CreateBucketConfiguration": {"LocationConstraint": region}}


def encryption(given):
    names = {"ServerSideEncryptionByDefault": "ApplyServerSideEncryptionByDefault"}
    rules = given["ServerSideEncryptionConfiguration"]
    told = [{names.get(name, name): value for name, value in rule.items()} for rule in rules]
    return {"ServerSideEncryptionConfiguration": {"Rules": told}}


def lifecycle(given):
    rules = []
    for rule in given["Rules"]:
        told = {"ID": rule["Id"], "Filter": {"Prefix": rule.get("Prefix", "")}}
        if "ExpirationInDays" in rule:
            told["Expiration"] = {"Days": rule["ExpirationInDays"]}
        rules.append({**told, **without(rule, "Id", "Prefix", "ExpirationInDays")})
    return {"LifecycleConfiguration": {"Rules": rules}}


def replication(given):
    rules = [{"ID": rule["Id"], **without(rule, "Id")} for rule in given["Rules"]]
    return {"ReplicationConfiguration": {**given, "Rules": rules}}


def notification(given):
    if given not in (None, {"EventBridgeConfiguration": {"EventBridgeEnabled": True}}):
        raise Refused("The emulator has a bucket notify EventBridge only")
    return {"NotificationConfiguration": {"EventBridgeConfiguration": {}} if given else {}}


# of a property: the operation that puts it, the input of that, and the operation that removes it, if it is another
OF_BUCKETS = {
    "BucketEncryption": ("put_bucket_encryption", encryption, "delete_bucket_encryption"),
    "VersioningConfiguration": (
        "put_bucket_versioning",
        lambda given: {"VersioningConfiguration": given or {"Status": "Suspended"}},
        None,
    ),
    "PublicAccessBlockConfiguration": (
        "put_public_access_block",
        lambda given: {"PublicAccessBlockConfiguration": given},
        "delete_public_access_block",
    ),
    "LifecycleConfiguration": ("put_bucket_lifecycle_configuration", lifecycle, "delete_bucket_lifecycle"),
    "ReplicationConfiguration": ("put_bucket_replication", replication, "delete_bucket_replication"),
    "NotificationConfiguration": ("put_bucket_notification_configuration", notification, None),
    "Tags": ("put_bucket_tagging", lambda given: {"Tagging": {"TagSet": given}}, "delete_bucket_tagging"),
}


def change_bucket(call, bucket, old, new):
    for name in changed(old, new, OF_BUCKETS):
        put, told, delete = OF_BUCKETS[name]
        if name in new or delete is None:
            call("s3", put, Bucket=bucket, **told(new.get(name)))
        else:
            call("s3", delete, Bucket=bucket)


def policy_of_bucket(given):
    return {"Bucket": given["Bucket"], "Policy": json.dumps(given["PolicyDocument"])}


# ---- IAM


def role(given):
    document = json.dumps(given["AssumeRolePolicyDocument"])
    return {**without(given, "Policies"), "AssumeRolePolicyDocument": document}


def change_policies(call, name, old, new):
    before, after = (
        {policy["PolicyName"]: policy["PolicyDocument"] for policy in given.get("Policies", [])} for given in (old, new)
    )
    for policy in changed(before, after, after):
        document = json.dumps(after[policy])
        call("iam", "put_role_policy", RoleName=name, PolicyName=policy, PolicyDocument=document)
    for policy in set(before) - set(after):
        call("iam", "delete_role_policy", RoleName=name, PolicyName=policy)


def clear_policies(call, name, given):
    for policy in call("iam", "list_role_policies", RoleName=name)["PolicyNames"]:
        call("iam", "delete_role_policy", RoleName=name, PolicyName=policy)


def change_role(call, name, old, new):
    call("iam", "update_role", RoleName=name, Description=new.get("Description", ""))
    document = json.dumps(new["AssumeRolePolicyDocument"])
    call("iam", "update_assume_role_policy", RoleName=name, PolicyDocument=document)
    change_policies(call, name, old, new)


# ---- what watches


def keep_logs(call, group, old, new):
    if "RetentionInDays" in new:
        call("logs", "put_retention_policy", logGroupName=group, retentionInDays=new["RetentionInDays"])
    elif "RetentionInDays" in old:
        call("logs", "delete_retention_policy", logGroupName=group)


def policy_of_topic(given):
    (topic,) = given["Topics"]
    return {"TopicArn": topic, "AttributeName": "Policy", "AttributeValue": json.dumps(given["PolicyDocument"])}


def rule(given):
    return {**without(given, "Targets"), "EventPattern": json.dumps(given["EventPattern"])}


def change_targets(call, name, old, new):
    if new.get("Targets"):
        call("events", "put_targets", Rule=name, Targets=new["Targets"])
    before, after = ({target["Id"] for target in given.get("Targets", [])} for given in (old, new))
    if before - after:
        call("events", "remove_targets", Rule=name, Ids=sorted(before - after))


def change_rule(call, name, old, new):
    call("events", "put_rule", **rule(new))
    change_targets(call, name, old, new)


# ---- queues, functions


def attributes_of_queue(given):
    named = without(given, "QueueName", "Tags")
    return {name: value if isinstance(value, str) else json.dumps(value) for name, value in named.items()}


def queue(given):
    tags = as_fields(given.get("Tags", []))
    return {"QueueName": given["QueueName"], "Attributes": attributes_of_queue(given), "tags": tags}


def policy_of_queue(given):
    (url,) = given["Queues"]
    return {"QueueUrl": url, "Attributes": {"Policy": json.dumps(given["PolicyDocument"])}}


def change_function(call, name, old, new):
    if changed(old, new, ["Code"]):
        call("lambda", "update_function_code", FunctionName=name, **new["Code"])
    call("lambda", "update_function_configuration", **without(new, "Code", "Architectures", "Tags"))


# ---- Athena, DataBrew


def work_group(given):
    configuration = given.get("WorkGroupConfiguration", {})
    return {"Configuration": configuration, **without(given, "State", "RecursiveDeleteOption", "WorkGroupConfiguration")}


def change_work_group(call, group, old, new):
    before, after = (given.get("WorkGroupConfiguration", {}) for given in (old, new))
    updates = {name: after[name] for name in changed(before, after, after)}
    call("athena", "update_work_group", WorkGroup=group, ConfigurationUpdates=updates)


def rules_of_data(given):
    def as_map(one):
        return {pair["ValueReference"]: pair["Value"] for pair in one.get("SubstitutionMap", [])}

    return {**with_fields(given), "Rules": [{**one, "SubstitutionMap": as_map(one)} for one in given["Rules"]]}


KINDS = {
    "AWS::S3::Bucket": Kind(
        *("s3", "create_bucket", "delete_bucket", "Bucket", "BucketName"),
        into=lambda given: {"Bucket": given["BucketName"]},
        where=location,
        finish=lambda call, bucket, given: change_bucket(call, bucket, {}, given),
        change=change_bucket,
        stands=lambda call, name: name in [bucket["Name"] for bucket in call("s3", "list_buckets")["Buckets"]],
        attributes=lambda call, bucket, given: {"Arn": f"arn:aws:s3:::{bucket}"},
        knows="BucketName " + " ".join(OF_BUCKETS),
        kept="",
    ),
    "AWS::S3::BucketPolicy": Kind(
        *("s3", "put_bucket_policy", "delete_bucket_policy", "Bucket", "Bucket"),
        into=policy_of_bucket,
        change=calling("s3", "put_bucket_policy", policy_of_bucket),
        knows="Bucket PolicyDocument",
    ),
    "AWS::IAM::Role": Kind(
        *("iam", "create_role", "delete_role", "RoleName", "RoleName"),
        into=role,
        finish=lambda call, name, given: change_policies(call, name, {}, given),
        change=change_role,
        clear=clear_policies,
        attributes=lambda call, name, given: {"Arn": f"arn:aws:iam::{call.account}:role/{name}"},
        knows="RoleName Description AssumeRolePolicyDocument Policies Tags",
    ),
    "AWS::Glue::Database": glue(
        "database",
        name=lambda given: given["DatabaseInput"]["Name"],
        update=lambda given: {"Name": given["DatabaseInput"]["Name"], **given},
        fixed="CatalogId",
    ),
    "AWS::Glue::Table": glue(
        "table",
        known_by=lambda given: {"DatabaseName": given["DatabaseName"], "Name": given["TableInput"]["Name"]},
        name=lambda given: given["TableInput"]["Name"],
        fixed="CatalogId DatabaseName",
    ),
    "AWS::Glue::Crawler": glue("crawler"),
    "AWS::Glue::Job": glue(
        "job",
        known_by="JobName",
        update=lambda given: {"JobName": given["Name"], "JobUpdate": without(given, "Name", "Tags")},
    ),
    "AWS::Glue::DataQualityRuleset": glue(
        "data_quality_ruleset",
        update=lambda given: without(given, "TargetTable", "Tags"),
        kept="TargetTable Tags",
    ),
    "AWS::Glue::Workflow": glue("workflow"),
    "AWS::Glue::Trigger": glue(
        "trigger",
        update=lambda given: {
            "Name": given["Name"],
            "TriggerUpdate": without(given, "Name", "WorkflowName", "Type", "StartOnCreation", "Tags"),
        },
        fixed="WorkflowName Type",
        kept="StartOnCreation Tags",
    ),
    "AWS::Athena::WorkGroup": Kind(
        *("athena", "create_work_group", "delete_work_group"),
        lambda given: {"WorkGroup": given["Name"], "RecursiveDeleteOption": True},
        "Name",
        into=work_group,
        change=change_work_group,
        kept="Description State Tags",
    ),
    "AWS::Athena::NamedQuery": Kind(
        *("athena", "create_named_query", "delete_named_query", "NamedQueryId"),
        answer="NamedQueryId",
        fixed="Name Description Database QueryString WorkGroup",
    ),
    "AWS::Logs::LogGroup": Kind(
        *("logs", "create_log_group", "delete_log_group", "logGroupName", "LogGroupName"),
        into=lambda given: {"logGroupName": given["LogGroupName"], "tags": as_fields(given.get("Tags", []))},
        finish=lambda call, group, given: keep_logs(call, group, {}, given),
        change=keep_logs,
        attributes=lambda call, group, given: {"Arn": call.arn("logs", f"log-group:{group}:*")},
        knows="LogGroupName RetentionInDays Tags",
    ),
    "AWS::SNS::Topic": Kind(
        *("sns", "create_topic", "delete_topic", "TopicArn", "TopicName"),
        into=lambda given: {"Name": given["TopicName"], "Tags": given.get("Tags", [])},
        answer="TopicArn",
        stands=lambda call, name: {"TopicArn": call.arn("sns", name)} in call("sns", "list_topics")["Topics"],
        attributes=lambda call, topic, given: {"TopicArn": topic, "TopicName": given["TopicName"]},
        knows="TopicName Tags",
    ),
    "AWS::SNS::TopicPolicy": Kind(
        *("sns", "set_topic_attributes", "set_topic_attributes"),
        lambda given: policy_of_topic({**given, "PolicyDocument": {"Version": "2012-10-17", "Statement": []}}),
        into=policy_of_topic,
        change=calling("sns", "set_topic_attributes", policy_of_topic),
        fixed="Topics",
        knows="Topics PolicyDocument",
    ),
    "AWS::SNS::Subscription": Kind(
        *("sns", "subscribe", "unsubscribe", "SubscriptionArn"),
        into=lambda given: {"ReturnSubscriptionArn": True, **given},
        answer="SubscriptionArn",
        fixed="TopicArn Protocol Endpoint",
    ),
    "AWS::Events::Rule": Kind(
        *("events", "put_rule", "delete_rule", "Name", "Name"),
        into=rule,
        finish=lambda call, name, given: change_targets(call, name, {}, given),
        change=change_rule,
        clear=lambda call, name, given: change_targets(call, name, given, {}),
        stands=lambda call, name: name in [found["Name"] for found in call("events", "list_rules")["Rules"]],
        attributes=lambda call, name, given: {"Arn": call.arn("events", f"rule/{name}")},
    ),
    "AWS::CloudWatch::Alarm": Kind(
        *("cloudwatch", "put_metric_alarm", "delete_alarms"),
        lambda given: {"AlarmNames": [given["AlarmName"]]},
        "AlarmName",
        change=calling("cloudwatch", "put_metric_alarm", dict),
        stands=lambda call, name: call("cloudwatch", "describe_alarms", AlarmNames=[name])["MetricAlarms"],
        attributes=lambda call, name, given: {"Arn": call.arn("cloudwatch", f"alarm:{name}")},
    ),
    "AWS::SQS::Queue": Kind(
        *("sqs", "create_queue", "delete_queue", "QueueUrl", "QueueName"),
        into=queue,
        answer="QueueUrl",
        change=lambda call, url, old, new: call(
            "sqs", "set_queue_attributes", QueueUrl=url, Attributes=attributes_of_queue(new)
        ),
        stands=lambda call, name: any(url.endswith(f"/{name}") for url in call("sqs", "list_queues").get("QueueUrls", [])),
        attributes=lambda call, url, given: {"Arn": call.arn("sqs", given["QueueName"])},
    ),
    "AWS::SQS::QueuePolicy": Kind(
        *("sqs", "set_queue_attributes", "set_queue_attributes"),
        lambda given: {**policy_of_queue(given), "Attributes": {"Policy": ""}},
        into=policy_of_queue,
        change=calling("sqs", "set_queue_attributes", policy_of_queue),
        fixed="Queues",
        knows="Queues PolicyDocument",
    ),
    "AWS::Lambda::Function": Kind(
        *("lambda", "create_function", "delete_function", "FunctionName", "FunctionName"),
        into=with_fields,
        change=change_function,
        attributes=lambda call, name, given: {"Arn": call.arn("lambda", f"function:{name}")},
        kept="Architectures Tags",
    ),
    "AWS::Lambda::EventSourceMapping": Kind(
        *("lambda", "create_event_source_mapping", "delete_event_source_mapping", "UUID"),
        answer="UUID",
        change=lambda call, mapping, old, new: call(
            "lambda", "update_event_source_mapping", UUID=mapping, **without(new, "EventSourceArn")
        ),
        fixed="EventSourceArn",
    ),
    "AWS::LakeFormation::Resource": Kind(
        *("lakeformation", "register_resource", "deregister_resource", "ResourceArn", "ResourceArn"),
    ),
    "AWS::LakeFormation::Tag": Kind("lakeformation", "create_lf_tag", "delete_lf_tag", "TagKey", "TagKey"),
    "AWS::LakeFormation::TagAssociation": Kind(
        *("lakeformation", "add_lf_tags_to_resource", "remove_lf_tags_from_resource", dict),
        fixed="Resource LFTags",
        removed_first=True,
    ),
    "AWS::LakeFormation::PrincipalPermissions": Kind(
        *("lakeformation", "grant_permissions", "revoke_permissions", dict),
        fixed="Principal Resource Permissions PermissionsWithGrantOption",
        removed_first=True,
    ),
    "AWS::DataBrew::Dataset": Kind(
        *("databrew", "create_dataset", "delete_dataset", "Name", "Name"),
        into=with_fields,
        change=calling("databrew", "update_dataset"),
    ),
    "AWS::DataBrew::Ruleset": Kind(
        *("databrew", "create_ruleset", "delete_ruleset", "Name", "Name"),
        into=rules_of_data,
        change=calling("databrew", "update_ruleset", lambda given: without(rules_of_data(given), "TargetArn", "Tags")),
        fixed="TargetArn",
    ),
    # a profile job: of recipes moto gets properties that it does not take
    "AWS::DataBrew::Job": Kind(
        *("databrew", "create_profile_job", "delete_job", "Name", "Name"),
        into=lambda given: without(with_fields(given), "Type"),
        change=calling("databrew", "update_profile_job", lambda given: without(given, "Type", "DatasetName", "Tags")),
        fixed="Type",
        kept="DatasetName Tags",
    ),
}
