# Crawl, then the job, then crawl again where that is asked for.

resource "aws_glue_workflow" "etl" {
  name                = "etl-workflow-${var.suffix}"
  description         = "Crawls what came in and enriches it"
  max_concurrent_runs = 1
  tags                = local.tags
}

resource "aws_glue_trigger" "start" {
  name              = "etl-start-${var.suffix}"
  workflow_name     = aws_glue_workflow.etl.name
  type              = { on-demand = "ON_DEMAND", schedule = "SCHEDULED", event = "EVENT" }[var.start_mode]
  schedule          = var.start_mode == "schedule" ? var.schedule : null
  start_on_creation = var.start_mode == "schedule"
  enabled           = var.start_mode != "on-demand" # else the provider would start it once
  tags              = local.tags

  dynamic "event_batching_condition" {
    for_each = var.start_mode == "event" ? [var.event_window] : []
    content {
      batch_size   = 100
      batch_window = event_batching_condition.value
    }
  }
  actions {
    crawler_name = aws_glue_crawler.data["raw"].name
  }
}

resource "aws_glue_trigger" "crawled" {
  name              = "etl-crawled-${var.suffix}"
  workflow_name     = aws_glue_workflow.etl.name
  type              = "CONDITIONAL"
  start_on_creation = true
  tags              = local.tags

  predicate {
    logical = "AND"
    conditions {
      crawler_name = aws_glue_crawler.data["raw"].name
      crawl_state  = "SUCCEEDED"
    }
  }
  actions {
    job_name = aws_glue_job.enrich.name
  }
}

resource "aws_glue_trigger" "enriched" {
  count             = var.processed_crawler ? 1 : 0
  name              = "etl-enriched-${var.suffix}"
  workflow_name     = aws_glue_workflow.etl.name
  type              = "CONDITIONAL"
  start_on_creation = true
  tags              = local.tags

  predicate {
    logical = "AND"
    conditions {
      job_name = aws_glue_job.enrich.name
      state    = "SUCCEEDED"
    }
  }
  actions {
    crawler_name = aws_glue_crawler.data["processed"].name
  }
}

# ---- sales that arrive start it, a batch at a time

resource "aws_s3_bucket_notification" "raw" {
  count       = var.start_mode == "event" ? 1 : 0
  bucket      = aws_s3_bucket.data["raw"].id
  eventbridge = true
}

resource "aws_iam_role" "arrival" {
  count       = var.start_mode == "event" ? 1 : 0
  name        = "sales-arrived-${var.suffix}"
  description = "Tells the workflow of new sales"
  tags        = local.tags
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "events.amazonaws.com" }
      Action    = "sts:AssumeRole"
      Condition = { StringEquals = { "aws:SourceAccount" = local.account } }
    }]
  })
}

resource "aws_iam_role_policy" "arrival" {
  count = var.start_mode == "event" ? 1 : 0
  name  = "notify"
  role  = aws_iam_role.arrival[0].id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "glue:NotifyEvent", Resource = aws_glue_workflow.etl.arn }]
  })
}

resource "aws_cloudwatch_event_rule" "arrival" {
  count       = var.start_mode == "event" ? 1 : 0
  name        = "sales-arrived-${var.suffix}"
  description = "New sales start the workflow, a batch at a time"
  event_pattern = jsonencode({
    source        = ["aws.s3"]
    "detail-type" = ["Object Created"]
    detail        = { bucket = { name = [local.raw] }, object = { key = [{ prefix = "sales/" }] } }
  })
}

resource "aws_cloudwatch_event_target" "arrival" {
  count     = var.start_mode == "event" ? 1 : 0
  rule      = aws_cloudwatch_event_rule.arrival[0].name
  target_id = "workflow"
  arn       = aws_glue_workflow.etl.arn
  role_arn  = aws_iam_role.arrival[0].arn
}
