# Sales that arrive: S3 → EventBridge → a queue → a function, which starts the workflow once for many.

locals {
  on_event    = var.start_mode == "event" ? 1 : 0
  arrivals    = "sales-arrived-${var.suffix}"
  dead        = "sales-arrived-dead-${var.suffix}"
  start       = "start-on-arrival-${var.suffix}"
  sqs         = "arn:${local.partition}:sqs:${local.here}"
  arrival_arn = "${local.sqs}:${local.arrivals}"
  dead_arn    = "${local.sqs}:${local.dead}"
}

resource "aws_s3_bucket_notification" "raw" {
  count       = local.on_event
  bucket      = aws_s3_bucket.data["raw"].id
  eventbridge = true
}

resource "aws_cloudwatch_event_rule" "arrival" {
  count       = local.on_event
  name        = local.arrivals
  description = "New sales are put in a queue"
  state       = var.standby ? "DISABLED" : "ENABLED"
  event_pattern = jsonencode({
    source        = ["aws.s3"]
    "detail-type" = ["Object Created"]
    detail        = { bucket = { name = [local.raw] }, object = { key = [{ prefix = "sales/" }] } }
  })
}

resource "aws_cloudwatch_event_target" "arrival" {
  count     = local.on_event
  rule      = aws_cloudwatch_event_rule.arrival[0].name
  target_id = "queue"
  arn       = aws_sqs_queue.arrivals[0].arn
}

# ---- the queues

resource "aws_sqs_queue" "arrivals" {
  count                   = local.on_event
  name                    = local.arrivals
  sqs_managed_sse_enabled = true
  tags                    = local.tags
  # as Lambda advises: the longest window, and six times what the function may take
  visibility_timeout_seconds = 480
  # two hours: what arrives while a run is under way waits here for its end
  redrive_policy = jsonencode({ deadLetterTargetArn = aws_sqs_queue.dead[0].arn, maxReceiveCount = 15 })
}

resource "aws_sqs_queue" "dead" {
  count                     = local.on_event
  name                      = local.dead
  sqs_managed_sse_enabled   = true
  message_retention_seconds = 1209600
  tags                      = local.tags
}

resource "aws_sqs_queue_policy" "arrivals" {
  count     = local.on_event
  queue_url = aws_sqs_queue.arrivals[0].url
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Arrivals"
        Effect    = "Allow"
        Principal = { Service = "events.amazonaws.com" }
        Action    = "sqs:SendMessage"
        Resource  = local.arrival_arn
        Condition = {
          ArnEquals = { "aws:SourceArn" = "arn:${local.partition}:events:${local.here}:rule/${local.arrivals}" }
        }
      },
      {
        Sid       = "OnlyTls"
        Effect    = "Deny"
        Principal = { AWS = "*" }
        Action    = "sqs:*"
        Resource  = local.arrival_arn
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      },
    ]
  })
}

resource "aws_sqs_queue_policy" "dead" {
  count     = local.on_event
  queue_url = aws_sqs_queue.dead[0].url
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "OnlyTls"
      Effect    = "Deny"
      Principal = { AWS = "*" }
      Action    = "sqs:*"
      Resource  = local.dead_arn
      Condition = { Bool = { "aws:SecureTransport" = "false" } }
    }]
  })
}

resource "aws_cloudwatch_metric_alarm" "dead" {
  count               = local.on_event
  alarm_name          = local.dead
  alarm_description   = "Arrivals started nothing; the queue of this name has them, and the function's log says why"
  namespace           = "AWS/SQS"
  metric_name         = "ApproximateNumberOfMessagesVisible"
  dimensions          = { QueueName = local.dead }
  statistic           = "Maximum"
  period              = 300
  evaluation_periods  = 1
  threshold           = 0
  comparison_operator = "GreaterThanThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.alarms.arn]
  tags                = local.tags
}

# ---- the function

resource "aws_iam_role" "start" {
  count       = local.on_event
  name        = "start-on-arrival-${local.global}"
  description = "Starts the workflow when sales have arrived"
  tags        = local.tags
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "lambda.amazonaws.com" }
      Action    = "sts:AssumeRole"
      Condition = { StringEquals = { "aws:SourceAccount" = local.account } }
    }]
  })
}

resource "aws_iam_role_policy" "start" {
  count = local.on_event
  name  = "start"
  role  = aws_iam_role.start[0].id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid      = "Receive"
        Effect   = "Allow"
        Action   = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"]
        Resource = local.arrival_arn
      },
      {
        Sid      = "Start"
        Effect   = "Allow"
        Action   = ["glue:GetWorkflow", "glue:StartWorkflowRun"]
        Resource = "${local.glue}:workflow/etl-workflow-${var.suffix}"
      },
      {
        Sid      = "Logs"
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = "arn:${local.partition}:logs:${local.here}:log-group:/aws/lambda/${local.start}:*"
      },
    ]
  })
}

resource "aws_cloudwatch_log_group" "start" {
  count             = local.on_event
  name              = "/aws/lambda/${local.start}"
  retention_in_days = var.log_retention_days
  tags              = local.tags
}

resource "aws_lambda_function" "start" {
  count         = local.on_event
  function_name = local.start
  description   = "Starts the workflow once for all sales that arrived together"
  runtime       = "java21"
  architectures = ["arm64"]
  handler       = "io.crossfoot.arrival.StartOnArrival"
  role          = aws_iam_role.start[0].arn
  memory_size   = 512
  timeout       = 30
  s3_bucket     = aws_s3_bucket.data["processed"].id
  s3_key        = "scripts/crossfoot-start-on-arrival.jar"
  tags          = local.tags
  depends_on    = [aws_cloudwatch_log_group.start, aws_iam_role_policy.start]

  environment {
    variables = {
      WORKFLOW_NAME = aws_glue_workflow.etl.name
      SALES_BUCKET  = local.raw
      SALES_PREFIX  = "sales/"
    }
  }
}

resource "aws_lambda_event_source_mapping" "arrivals" {
  count                              = local.on_event
  function_name                      = aws_lambda_function.start[0].function_name
  event_source_arn                   = aws_sqs_queue.arrivals[0].arn
  batch_size                         = 10000
  maximum_batching_window_in_seconds = var.event_window
  function_response_types            = ["ReportBatchItemFailures"]
}
