# What crawlers and the job may do, in place of AWSGlueServiceRole, which may do everything in Glue, and read and write
# every aws-glue-* bucket.

resource "aws_iam_role" "glue" {
  name        = "GlueServiceRole-${local.global}"
  description = "Crawls raw sales and customers, and enriches them"
  tags        = local.tags
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "glue.amazonaws.com" }
      Action    = "sts:AssumeRole"
      Condition = { StringEquals = { "aws:SourceAccount" = local.account } }
    }]
  })
}

resource "aws_iam_role_policy" "glue" {
  name = "crossfoot"
  role = aws_iam_role.glue.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat([
      {
        Sid      = "List"
        Effect   = "Allow"
        Action   = ["s3:ListBucket", "s3:GetBucketLocation"]
        Resource = [local.arns.raw, local.arns.processed]
      },
      {
        Sid    = "Read"
        Effect = "Allow"
        Action = "s3:GetObject"
        Resource = [
          "${local.arns.raw}/*",
          "${local.arns.processed}/scripts/*",
          "arn:${local.partition}:s3:::aws-glue-ml-data-quality-assets-${data.aws_region.current.name}/*",
        ]
      },
      {
        Sid      = "Publish"
        Effect   = "Allow"
        Action   = ["s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:AbortMultipartUpload"]
        Resource = ["${local.arns.processed}/enriched-sales*", "${local.arns.processed}/_crossfoot*"]
      },
      {
        Sid    = "Tables"
        Effect = "Allow"
        Action = [
          "glue:GetDatabase",
          "glue:GetTable",
          "glue:GetTables",
          "glue:CreateTable",
          "glue:UpdateTable",
          "glue:GetPartitions",
          "glue:BatchCreatePartition",
          "glue:BatchDeletePartition",
          "glue:BatchGetPartition",
          "glue:UpdatePartition",
        ]
        Resource = [
          "${local.glue}:catalog",
          "${local.glue}:database/${local.database}",
          "${local.glue}:table/${local.database}/*",
        ]
      },
      {
        Sid      = "Bookmark"
        Effect   = "Allow"
        Action   = ["glue:GetJob", "glue:GetJobRun", "glue:GetJobBookmark"]
        Resource = "${local.glue}:job/${local.job}"
      },
      {
        Sid      = "Quality"
        Effect   = "Allow"
        Action   = ["glue:GetDataQualityRulesetEvaluationRun", "glue:PublishDataQuality"]
        Resource = "${local.glue}:dataQualityRuleset/*"
      },
      {
        Sid    = "Logs"
        Effect = "Allow"
        Action = ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = [
          "arn:${local.partition}:logs:${local.here}:log-group:${local.log_group}/*",
          "arn:${local.partition}:logs:${local.here}:log-group:/aws-glue/crawlers:*",
        ]
      },
      {
        # the action knows no resources; the condition is what AWS offers
        Sid       = "Metrics"
        Effect    = "Allow"
        Action    = "cloudwatch:PutMetricData"
        Resource  = "*"
        Condition = { StringEquals = { "cloudwatch:namespace" = "Glue" } }
      },
      ], [for statement in [
        {
          Sid      = "Evaluate"
          Effect   = "Allow"
          Action   = "glue:StartDataQualityRulesetEvaluationRun"
          Resource = "${local.glue}:dataQualityRuleset/${local.ruleset}"
        },
        {
          Sid       = "EvaluateAsItself"
          Effect    = "Allow"
          Action    = "iam:PassRole"
          Resource  = aws_iam_role.glue.arn
          Condition = { StringEquals = { "iam:PassedToService" = "glue.amazonaws.com" } }
        },
        ] : statement if var.data_quality], var.lineage_domain == "" ? [] : [{
        Sid      = "Lineage"
        Effect   = "Allow"
        Action   = "datazone:PostLineageEvent"
        Resource = "arn:${local.partition}:datazone:${local.here}:domain/${var.lineage_domain}"
    }])
  })
}
