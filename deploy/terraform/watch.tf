# Who queries the output, and who hears of what goes wrong.

resource "aws_athena_workgroup" "queries" {
  name          = "crossfoot-${var.suffix}"
  description   = "Queries over the enriched sales"
  force_destroy = true # its history goes with it
  tags          = local.tags

  configuration {
    enforce_workgroup_configuration    = true
    publish_cloudwatch_metrics_enabled = true
    bytes_scanned_cutoff_per_query     = var.scan_limit
    result_configuration {
      output_location = "s3://${local.processed}/athena-results/"
      encryption_configuration {
        encryption_option = "SSE_S3"
      }
    }
  }
}

resource "aws_athena_named_query" "enriched_sales" {
  name        = "enriched-sales-${var.suffix}"
  description = "The first enriched sales"
  database    = aws_glue_catalog_database.analytics.name
  workgroup   = aws_athena_workgroup.queries.name
  query       = "SELECT customer_id, product_name, total_amount FROM ${local.database}.enriched_sales LIMIT 10"
}

resource "aws_sns_topic" "alarms" {
  name = "crossfoot-alarms-${var.suffix}"
  tags = local.tags
}

resource "aws_sns_topic_policy" "alarms" {
  arn = aws_sns_topic.alarms.arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Publish"
        Effect    = "Allow"
        Principal = { Service = ["cloudwatch.amazonaws.com", "events.amazonaws.com"] }
        Action    = "sns:Publish"
        Resource  = aws_sns_topic.alarms.arn
      },
      {
        Sid       = "OnlyTls"
        Effect    = "Deny"
        Principal = { AWS = "*" }
        Action    = "sns:Publish"
        Resource  = aws_sns_topic.alarms.arn
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      },
    ]
  })
}

resource "aws_sns_topic_subscription" "mail" {
  count     = var.alarm_email == "" ? 0 : 1
  topic_arn = aws_sns_topic.alarms.arn
  protocol  = "email"
  endpoint  = var.alarm_email
}

locals {
  told = merge(
    { failed = {
      name        = "etl-failed-${var.suffix}"
      description = "A run of the job ended otherwise than well"
      source      = "aws.glue"
      type        = "Glue Job State Change"
      detail      = { jobName = [local.job], state = ["FAILED", "TIMEOUT", "STOPPED", "ERROR"] }
      }
      crawl_failed = {
        name        = "crawl-failed-${var.suffix}"
        description = "A crawl failed, so that the job does not begin"
        source      = "aws.glue"
        type        = "Glue Crawler State Change"
        detail = {
          crawlerName = ["data-discovery-crawler-${var.suffix}", "processed-data-crawler-${var.suffix}"]
          state       = ["Failed"]
        }
    } },
    var.data_quality ? { quality_failed = {
      name        = "quality-failed-${var.suffix}"
      description = "The output does not keep its rules, says Glue Data Quality"
      source      = "aws.glue-dataquality"
      type        = "Data Quality Evaluation Results Available"
      detail = {
        context = { databaseName = [local.database], tableName = ["enriched_sales"] }
        state   = ["FAILED"]
      }
    } } : {},
    var.notify == "all" ? { enriched = {
      name        = "etl-enriched-${var.suffix}"
      description = "A run of the job published what it was to"
      source      = "aws.glue"
      type        = "Glue Job State Change"
      detail      = { jobName = [local.job], state = ["SUCCEEDED"] }
    } } : {},
  )
}

resource "aws_cloudwatch_event_rule" "told" {
  for_each    = local.told
  name        = each.value.name
  description = each.value.description
  event_pattern = jsonencode({
    source        = [each.value.source]
    "detail-type" = [each.value.type]
    detail        = each.value.detail
  })
}

resource "aws_cloudwatch_event_target" "told" {
  for_each  = aws_cloudwatch_event_rule.told
  rule      = each.value.name
  target_id = "topic"
  arn       = aws_sns_topic.alarms.arn
}

resource "aws_cloudwatch_metric_alarm" "quarantined" {
  alarm_name          = "etl-quarantined-${var.suffix}"
  alarm_description   = "Sales broke their contract; the rows are under _crossfoot/enriched-sales/quarantine"
  namespace           = "Crossfoot"
  metric_name         = "RowsQuarantined"
  dimensions          = { JobName = local.job }
  statistic           = "Sum"
  period              = 3600
  evaluation_periods  = 1
  threshold           = var.quarantine_alarm
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.alarms.arn]
  tags                = local.tags
}

resource "aws_cloudwatch_metric_alarm" "nothing_arrived" {
  alarm_name          = "etl-nothing-arrived-${var.suffix}"
  alarm_description   = "No sales were read for a day"
  namespace           = "Crossfoot"
  metric_name         = "SalesRead"
  dimensions          = { JobName = local.job }
  statistic           = "Sum"
  period              = 86400
  evaluation_periods  = 1
  threshold           = 1
  comparison_operator = "LessThanThreshold"
  treat_missing_data  = "breaching"
  actions_enabled     = !var.standby
  alarm_actions       = [aws_sns_topic.alarms.arn]
  tags                = local.tags
}
